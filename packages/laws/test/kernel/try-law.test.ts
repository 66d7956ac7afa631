import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Law, type TypedTrial, trial } from "../../src/kernel/law.js";
import { type TrySettings, tryLaw, tryLawAsync } from "../../src/kernel/try-law.js";

const settings: TrySettings = { seed: 7, runs: 100, kept: [], replay: null };

function law(typed: Partial<TypedTrial<number>> & Pick<TypedTrial<number>, "holds">): Law<null> {
  return {
    name: "small",
    says: "numbers are small",
    trial: () => trial<number>({ inputs: fc.nat(1_000), ...typed }),
  };
}

const small = law({
  holds(n) {
    if (n > 100) throw new Error(`${n} is large`);
  },
});

describe.each([
  ["tryLaw", (one: Law<null>, how: TrySettings) => Promise.resolve(tryLaw(one, null, how))],
  ["tryLawAsync", (one: Law<null>, how: TrySettings) => tryLawAsync(one, null, how)],
] as const)("%s", (_, tried) => {
  it("passes with the number of runs, and how often each case was met", async () => {
    const even = law({
      cases: ["even", "any"],
      holds(n, reached) {
        if (n % 2 === 0) reached("even");
        if (n % 2 === 0) reached("even"); // once per run
        reached("any");
        reached("what nobody asked for");
      },
    });
    const result = await tried(even, settings);
    expect(result).toMatchObject({ verdict: "passed", law: "small", runs: 100 });
    if (result.verdict !== "passed") return;
    expect(Object.keys(result.reached)).toEqual(["even", "any"]);
    expect(result.reached.any).toBe(100);
    expect(result.reached.even).toBeGreaterThan(20);
    expect(result.reached.even).toBeLessThan(80);
  });

  it("fails with the shrunk input, what was thrown, and where it was", async () => {
    const result = await tried(small, settings);
    expect(result).toMatchObject({
      verdict: "failed",
      law: "small",
      says: "numbers are small",
      why: "101 is large",
      vacuous: false,
      input: 101,
      table: "101",
      replay: { seed: 7, path: expect.stringMatching(/^\d+(:\d+)*$/) },
    });
  });

  it("finds the same counterexample again, from seed and path, in one run", async () => {
    const first = await tried(small, settings);
    if (first.verdict !== "failed" || first.replay === null) throw new Error("it passed");
    const again = await tried(small, { ...settings, seed: 99, runs: 1, replay: first.replay });
    expect(again).toMatchObject({ input: 101, why: "101 is large", replay: { seed: 7 } });
  });

  it("goes on as ever where a place that once failed holds by now", async () => {
    const first = await tried(small, settings);
    if (first.verdict !== "failed" || first.replay === null) throw new Error("it passed");
    let runs = 0;
    const mended = law({ holds: () => void runs++ });
    const again = await tried(mended, { ...settings, replay: first.replay });
    expect(again).toMatchObject({ verdict: "passed", runs: 100 });
    expect(runs).toBe(101);
  });

  it("tries what was kept first, in order, and nothing else if that fails", async () => {
    const seen: number[] = [];
    const kept = law({
      holds(n) {
        seen.push(n);
        if (n > 100) throw new Error(`${n} is large`);
      },
    });
    const result = await tried(kept, { ...settings, kept: [5, 700, 900] });
    expect(seen).toEqual([5, 700]);
    expect(result).toMatchObject({ verdict: "failed", input: 700, table: "700", replay: null });
  });

  it("what was kept does not count as a run, nor as a case that was met", async () => {
    const none = law({
      cases: ["large"],
      inputs: fc.constant(0),
      holds: (n, reached) => (n > 100 ? reached("large") : undefined),
    });
    expect(await tried(none, { ...settings, kept: [700, 900] })).toMatchObject({
      vacuous: true,
      why: `vacuous: met "large" in 0 of 100 runs, at least 5 % are needed to tell`,
    });
  });

  it.each([
    [4, "failed"],
    [5, "passed"],
  ] as const)("a case that is met in %i of 100 runs: %s", async (met, verdict) => {
    let run = 0;
    const rare = law({
      cases: ["rare"],
      holds: (_n, reached) => (run++ < met ? reached("rare") : undefined),
    });
    const result = await tried(rare, settings);
    expect(result.verdict).toBe(verdict);
    if (result.verdict === "failed") {
      expect(result).toMatchObject({ vacuous: true, input: null, table: "", replay: null });
    }
  });

  it("a law may ask for more", async () => {
    let run = 0;
    const half = law({
      cases: ["half"],
      leastShare: 0.5,
      holds: (_n, reached) => (run++ < 49 ? reached("half") : undefined),
    });
    expect(await tried(half, settings)).toMatchObject({
      why: `vacuous: met "half" in 49 of 100 runs, at least 50 % are needed to tell`,
    });
  });

  it("is not run where the subject has nothing to try", async () => {
    const none: Law<null> = { name: "none", says: "", trial: () => "it has no `parse`" };
    expect(await tried(none, settings)).toEqual({
      verdict: "not-run",
      law: "none",
      reason: "it has no `parse`",
    });
  });

  it("says what was thrown also if it was no error", async () => {
    const thrown = law({
      inputs: fc.constant(1),
      holds: () => {
        throw "a word";
      },
    });
    expect(await tried(thrown, { ...settings, kept: [1] })).toMatchObject({ why: "a word" });
  });
});

it("a law that takes turns does not pass where nobody waits for it", async () => {
  const slow = law({ holds: () => Promise.resolve() });
  expect(tryLaw(slow, null, settings)).toMatchObject({ verdict: "failed" });
  expect(await tryLawAsync(slow, null, settings)).toMatchObject({ verdict: "passed" });
  const rejects = law({ holds: () => Promise.reject(new Error("later")) });
  expect(await tryLawAsync(rejects, null, settings)).toMatchObject({ why: "later" });
});
