// What an attempt, a step and a handle allocate or keep, held without a clock: each candidate of a benchmark in a
// process of its own, with collections only when asked, and on one thread: a compiler beside it would come sooner or
// later with the load of the machine, and code that is not optimised yet allocates more. So bytes repeat to a
// thousandth; limits are a quarter above what was measured when they were set. A figure far below its limit lowers it.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/suite.ts";
import { suiteOf } from "../../src/suites.ts";

const CANDIDATE = fileURLToPath(new URL("../../src/candidate.ts", import.meta.url));

type Limit = readonly [suite: string, table: string, candidate: string, bytes: number];

const LIMITS: readonly Limit[] = [
  ["retry", "failing", "retry, capped", 2_430],
  ["retry", "failing", "retry, counted", 4_380],
  ["attempts", "attempt", "restartOn", 19_000],
  ["attempts", "attempt", "counted, a listener", 23_800],
  ["policies", "pair", "allOf", 2_230],
  ["policies", "delay", "backoff", 343],
  ["slot", "attempt", "launch, exited", 1_730],
  ["handles", "handles", "supervise, a bare child runs", 2_860],
  ["handles", "handles", "supervise, a bare child waits", 1_410],
  ["handles", "handles", "supervise, a task waits", 1_980],
  ["handles", "handles", "driver alone, a bare child runs", 2_120],
  ["handles", "handles", "driver alone, a bare child waits", 1_070],
];

async function bytes(suiteName: string, table: string, candidate: string): Promise<number> {
  const { flags = [] } = await suiteOf(suiteName);
  const args = ["--single-threaded", ...flags, CANDIDATE, suiteName, table, candidate];
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
