// Each law of `when` can fail: the museum has for each one a fault that no other law finds, with any seed.

import { type RestartPolicy, when } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { checkWhen, isLawsBrokenError, type LawReport } from "../../src/index.js";
import { type Families, museum } from "../../src/museum.js";

const exhibits = museum.flatMap((one) => (one.family === "when" ? [one] : []));
const SEEDS = [1, 2, 3, 20_261_121, -7];

/** The laws that the report says are broken. */
function broken(run: () => LawReport): readonly string[] {
  try {
    run();
  } catch (error) {
    if (!isLawsBrokenError(error)) throw error;
    const failed = error.report.results.filter(({ verdict }) => verdict === "failed");
    return failed.map(({ law }) => law);
  }
  return [];
}

/** Those about `when`; what every policy keeps is not met with every seed. */
const own = (laws: readonly string[]) => laws.filter((law) => !law.startsWith("policy-"));

describe("the museum", () => {
  const caught = exhibits.map(({ make }) => own(broken(() => checkWhen(make))));

  it("has a fault for every law, which that law alone finds", () => {
    const { results } = checkWhen(when);
    expect(caught.map((laws) => laws.length)).toEqual(exhibits.map(() => 1));
    expect(caught.flat().sort()).toEqual([...own(results.map(({ law }) => law))].sort());
  });

  it.each(SEEDS)("is caught with seed %i", (seed) => {
    const found = exhibits.map(({ make }) => own(broken(() => checkWhen(make, { seed }))));
    expect(found).toEqual(caught);
  });
});

describe("other faults of the same kinds", () => {
  type Change = (...told: Parameters<Families["when"]>) => RestartPolicy["step"];

  const changed = (change: Change): Families["when"] => {
    return (predicate, policy) => ({
      ...(when(predicate, policy) as RestartPolicy),
      step: change(predicate, policy),
    });
  };

  const rows: readonly (readonly [fault: string, law: string, make: Families["when"]])[] = [
    [
      "the predicate is turned round",
      "others-launch-at-once",
      (predicate, policy) => when((exit) => !predicate(exit), policy),
    ],
    [
      "the policy gets every exit",
      "facts-reach-the-policy",
      (_, policy) => when(() => true, policy),
    ],
    [
      "the policy gets no exit",
      "matches-are-decided-by-the-policy",
      (_, policy) => when(() => false, policy),
    ],
    [
      "the predicate is asked when a restart is requested",
      "asked-once-per-exit",
      changed((predicate, policy) => {
        const healthy = when(predicate, policy) as RestartPolicy;
        return (state, event, now) => {
          if (event.type === "launch") predicate({ kind: "failed", code: 1 });
          return healthy.step(state, event, now);
        };
      }),
    ],
    [
      "a reset does not reach the policy",
      "facts-reach-the-policy",
      changed((predicate, policy) => {
        const healthy = when(predicate, policy) as RestartPolicy<unknown>;
        return (state, event, now) =>
          event.type === "reset"
            ? [{ ...(state as object), matched: null }, { type: "noted" }]
            : healthy.step(state, event, now);
      }),
    ],
    [
      "a copy of the state each time",
      "keeps-the-contract",
      changed((predicate, policy) => {
        const healthy = when(predicate, policy) as RestartPolicy;
        return (state, event, now) => {
          const [next, answer] = healthy.step(state, event, now);
          return [{ ...(next as object) }, answer];
        };
      }),
    ],
  ];

  it.each(rows)("%s: %s", (_, law, make) => {
    expect(broken(() => checkWhen(make))).toContain(law);
    expect(broken(() => checkWhen(make, { only: [law] }))).toEqual([law]);
  });
});

it("a failure is a table with the predicate, and kept it fails again", () => {
  const [make] = exhibits.flatMap((one) => (one.name === "when-others-cost" ? [one.make] : []));
  const law = "others-launch-at-once";
  const run = (options: Parameters<typeof checkWhen>[1]) => {
    try {
      checkWhen(make as Families["when"], options);
    } catch (error) {
      if (!isLawsBrokenError(error)) throw error;
      const failed = error.report.results.find(({ verdict }) => verdict === "failed");
      if (failed?.verdict === "failed") return { failed, text: error.message };
    }
    throw new Error("nothing was broken");
  };
  const { failed, text } = run({ only: [law] });
  expect(text).toContain("exit => exit.");
  const input: unknown = JSON.parse(JSON.stringify(failed.input));
  const again = run({ only: [law], runs: 1, regressions: [{ law, input }] });
  expect(again.failed).toMatchObject({ law, input, replay: null });
});

it("a combinator is a function, and members are policies", () => {
  expect(() => checkWhen({} as never)).toThrow("checkWhen: combinator must be a function");
  expect(() => checkWhen(when, { members: [] })).toThrow(/members/);
});
