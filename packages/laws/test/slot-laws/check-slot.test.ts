// What a check says: the report, the printed failure, and what was not tried.

import { type ChildSlot, childSlot } from "@steadfast/child-slot";
import { describe, expect, it } from "vitest";
import {
  checkSlot,
  isLawsBrokenError,
  type MakeSlot,
  slotLaws,
  slotReport,
} from "../../src/index.js";

/** What a check throws. */
function messageOf(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    if (isLawsBrokenError(error)) return error.message;
    throw error;
  }
  throw new Error("nothing is broken");
}

const slot = childSlot({ id: "worker" });
const deaf: ChildSlot = {
  ...slot,
  step: (state, event, now) =>
    event.type === "tick" && state.phase.status === "cancelling"
      ? [state, []]
      : slot.step(state, event, now),
};

describe("checkSlot", () => {
  it("reports every law, and says why one was not tried", () => {
    const report = checkSlot(slot, { runs: 100, skip: { "time-shift": "slow" } });
    expect(report.subject).toBe("childSlot(worker)");
    expect(report.results.map(({ law }) => law)).toStrictEqual(slotLaws(slot).map((l) => l.name));
    expect(report.notRun).toStrictEqual({
      "time-shift": "slow",
      "deadline-by-its-options":
        "one slot was given; give a function that makes slots of any options",
      "state-outlives-options":
        "one slot was given; give a function that makes slots of any options",
    });
    expect(report.passed).toHaveLength(report.results.length - 3);
  });

  it("tries a function under many options, and bears its name", () => {
    const report = checkSlot(childSlot, { only: ["state-outlives-options"] });
    expect([report.subject, report.passed]).toStrictEqual([
      "childSlot",
      ["state-outlives-options"],
    ]);
    expect(checkSlot(slot, { only: [], name: "mine" }).subject).toBe("mine");
  });

  it("prints the shrunk story as a table, and a test to keep", () => {
    const message = messageOf(() =>
      checkSlot(deaf, { only: ["stop-always-ends"], seed: 20_261_121 }),
    );
    expect(
      message.slice(message.indexOf("\n\n")).replace(/\nAgain.*\n/, ""),
    ).toMatchInlineSnapshot(`
      "

      stop-always-ends: From every state that can be reached a stop has ended after 4 ticks at most, each told at its deadline or however late.
      row 1, then stop: it has not ended after 4 ticks

        and: {"how":{"type":"stop"},"lateMs":0}
        row  at  told              answered                          then
        1    0   launch (restart)  launch 0 (restart), tell ready 0  ready, due at 10000

      checkSlot(slot, { regressions: [{ law: "stop-always-ends", input: {
        "told": [
          {"at":0,"event":{"type":"launch","cause":"restart"}},
        ],
        "how": {"type":"stop"},
        "lateMs": 0,
      } }] });"
    `);
  });

  it("is there as data, too: slotReport throws nothing", () => {
    const report = slotReport(deaf, { only: ["stop-always-ends", "json-safe"], runs: 100 });
    const verdicts = report.results.flatMap(({ law, verdict }) =>
      verdict === "not-run" ? [] : [[law, verdict]],
    );
    expect(verdicts).toStrictEqual([
      ["stop-always-ends", "failed"],
      ["json-safe", "passed"],
    ]);
  });

  it("fails a law that was hardly ever put to the test", () => {
    const still: ChildSlot = { ...slot, step: (state) => [state, []] };
    const message = messageOf(() => checkSlot(still, { only: ["at-most-one-alive"], runs: 50 }));
    expect(message).toContain('vacuous: met "a second launch" in 0 of 50 runs');
  });

  it.each([
    [{ runs: 0 }, /runs/],
    [{ only: ["no-such-law"] }, /only/],
    [{ skip: { "no-such-law": "?" } }, /skip/],
    [{ regressions: [{ law: "no-such-law", input: null }] }, /regressions/],
  ])("takes no bad option: %j", (options, message) => {
    expect(() => checkSlot(slot, options)).toThrow(message);
    expect(() => slotLaws(slot, options)).toThrow(message);
  });
});

describe("slotLaws", () => {
  it("is one test per law, and a skipped one says that it was not tried", () => {
    const laws = slotLaws(slot, { only: ["json-safe"], runs: 100 });
    expect(laws.map(({ run }) => run().verdict).filter((verdict) => verdict === "passed")).toEqual([
      "passed",
    ]);
  });

  it("throws for the law alone that is broken", () => {
    const law = slotLaws(deaf, { runs: 50 }).find(({ name }) => name === "stop-always-ends");
    expect(messageOf(() => law?.run())).toMatch(
      /^childSlot\(worker\): 1 broken, 0 held, 0 not run\n {2}FAILED/,
    );
  });
});

it("an exception of the slot is told once, with its stack, as that of a policy is", () => {
  const breaksAtStop: MakeSlot = (options) => {
    const slot = childSlot(options);
    return {
      ...slot,
      step(state, event, now) {
        if (event.type === "stop") (undefined as unknown as { stopped(): void }).stopped();
        return slot.step(state, event, now);
      },
    };
  };
  const message = messageOf(() => checkSlot(breaksAtStop, { runs: 30 }));
  const said = message.split("\n").filter((line) => line.includes("reading 'stopped'"));
  expect(said.filter((line) => line.includes("FAILED"))).toHaveLength(1);
  expect(message).toContain("check-slot.test.ts:");
  expect(message).toMatch(/at #\d+/);
});
