// What an attempt, a step and a handle allocate or keep, held without a clock: each candidate of a benchmark in a
// process of its own, with collections only when asked. Bytes repeat to a few per cent; limits are a third above what
// was measured when they were set, so that a limit is red for a change, not for a machine. A figure far below its
// limit lowers the limit.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/suite.ts";
import { suiteOf } from "../../src/suites.ts";

const CANDIDATE = fileURLToPath(new URL("../../src/candidate.ts", import.meta.url));

type Limit = readonly [suite: string, table: string, candidate: string, bytes: number];

const LIMITS: readonly Limit[] = [
  ["retry", "failing", "retry, capped", 2_200],
  ["retry", "failing", "retry, counted", 4_700],
  ["attempts", "attempt", "restartOn", 18_000],
  ["attempts", "attempt", "counted, a listener", 23_500],
  ["policies", "pair", "allOf", 2_400],
  ["policies", "delay", "backoff", 700],
  ["slot", "attempt", "launch, exited", 1_850],
  ["handles", "handles", "supervise, a bare child runs", 3_300],
  ["handles", "handles", "supervise, a bare child waits", 2_400],
  ["handles", "handles", "supervise, a task waits", 2_400],
];

async function bytes(suiteName: string, table: string, candidate: string): Promise<number> {
  const { flags = [] } = await suiteOf(suiteName);
  const args = [...flags, CANDIDATE, suiteName, table, candidate];
  const answer = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Answer;
  if ("notMeasured" in answer) throw new Error(answer.notMeasured);
  return answer.figures.bytes ?? Number.NaN;
}

describe("bytes", () => {
  it.each(LIMITS)("%s, %s, %s: at most %i", async (suite, table, candidate, limit) => {
    const measured = await bytes(suite, table, candidate);
    expect(measured).toBeLessThanOrEqual(limit);
    expect(measured).toBeGreaterThan(limit / 3);
  });
});
