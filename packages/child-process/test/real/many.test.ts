// Many attempts, and many children: at the end nothing is left that was not there before. The host is a process of its
// own, since a test runner has timers, too, which come and go with the load.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { fixture } from "./observe.js";

async function story(name: string) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    fixture("many-host.mjs"),
    name,
  ]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("nothing is left", () => {
  it("of 1 000 attempts that crash", { timeout: 600_000 }, async () => {
    const { crashes, before, after } = await story("crashes");
    expect(crashes).toBe(1_000);
    expect(after).toStrictEqual(before);
  });

  it("of 200 children, half of them killed at random, 20 times", { timeout: 600_000 }, async () => {
    const { killed, seen, launched, exited, before, after } = await story("kills");
    expect(killed).toBeGreaterThan(1_500);
    expect(seen).toStrictEqual({ launched: 200 + Number(killed), exited: killed });
    expect(exited).toBe(launched);
    expect(after).toStrictEqual(before);
  });
});
