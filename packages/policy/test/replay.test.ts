import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { trap, unreadable } from "../../../config/testing/strange-values.ts";
import {
  allOf,
  type JournalEntry,
  journalEntry,
  launch,
  noted,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  replay,
  restartOn,
} from "../src/index.js";
import { backoff, slidingWindow } from "./sample-policies.js";
import { crash, operator, restart, start, tell, traces, WALL } from "./traces.js";

function journalOf(policy: RestartPolicy, trace: Parameters<typeof tell>[1]): JournalEntry[] {
  return tell(policy, trace).map(({ now, event, decision }) =>
    journalEntry({ at: now, wall: WALL + now, event, decision }),
  );
}

const entry = (event: RestartEvent): JournalEntry => ({ at: 1, wall: 2, event, decision: noted });

describe("journalEntry", () => {
  it("is what it was given, unless there is an exit in it", () => {
    const asked: JournalEntry = {
      at: 1,
      wall: 2,
      event: start,
      decision: launch(),
      by: "operator",
    };
    expect(journalEntry(asked)).toBe(asked);
  });

  it.each([
    ["an error", new Error("boom")],
    ["a Proxy that traps everything", trap()],
    ["an error with throwing getters", unreadable()],
    ["undefined", undefined],
    ["a bigint", 1n],
  ])("is plain JSON, whatever was thrown: %s", (_, error) => {
    const made = journalEntry(entry({ ...crash, exit: { kind: "failed", error } }));
    expect(JSON.parse(JSON.stringify(made))).toStrictEqual(made);
    expect(made).toMatchObject({ at: 1, wall: 2, decision: noted, event: { failed: true } });
  });

  it("is one line, and carries no value of a task", () => {
    const exit = { kind: "completed", value: "line\nline", stderrTail: ["a\nb"] } as const;
    const line = JSON.stringify(journalEntry(entry({ ...crash, exit })));
    expect(line).not.toContain("\n");
    expect(line).not.toContain("value");
  });
});

describe("replay", () => {
  const window = (limit: number) => slidingWindow({ limit, windowMs: 100 });

  it("of the same policy says the same, also from JSON", () => {
    const policy = () => allOf(restartOn("transient"), window(2), backoff({ initialMs: 10 }));
    often(traces([10, 100]), (trace) => {
      const journal = journalOf(policy(), trace);
      const lines = journal.map((line) => JSON.stringify(line));
      const steps = replay(
        lines.map((line): JournalEntry => JSON.parse(line)),
        policy(),
      );
      expect(steps.every(({ same }) => same)).toBe(true);
      expect(steps.map(({ replayed }) => replayed)).toStrictEqual(
        journal.map(({ decision }) => decision),
      );
      expect(steps.map(({ at, recorded }) => [at, recorded])).toStrictEqual(
        journal.map(({ at, decision }) => [at, decision]),
      );
      return journal.some(({ decision }) => decision.type === "refuse");
    });
  });

  const launches = [0, 10, 20].map((gapMs) => ({ gapMs, event: restart }));

  it("of another policy differs where it would have decided otherwise", () => {
    const steps = replay(journalOf(window(3), launches), window(1));
    expect(steps.map(({ same }) => same)).toEqual([true, false, false]);
    expect(steps[1]?.recorded).toStrictEqual(launch());
    expect(steps[1]?.replayed).toStrictEqual(refuse("window-full", 90));
  });

  it.each([
    ["a delay", launch(1), launch(2), false],
    ["a reason", refuse("a", 1), refuse("b", 1), false],
    ["a wait", refuse("a", 1), refuse("a", 2), false],
    ["never and not yet", refuse("a", null), refuse("a", 2), false],
    ["a kind", launch(), refuse("a", 1), false],
    ["nothing: a delay", launch(1), launch(1), true],
    ["nothing: a refusal", refuse("a", null), refuse("a", null), true],
  ])("compares whole decisions: %s", (_, recorded, replayed, same) => {
    const policy = { ...window(1), step: () => [{ stamps: [] }, replayed] as const };
    const journal: JournalEntry[] = [{ at: 0, wall: 0, event: restart, decision: recorded }];
    expect(replay(journal, policy)).toStrictEqual([
      { at: 0, before: policy.initial(), event: restart, recorded, replayed, same },
    ]);
  });

  it("does not ask about what an operator ordered", () => {
    const ordered = {
      at: 5,
      wall: 5,
      event: operator,
      decision: launch(),
      by: "operator",
    } as const;
    const asked = { at: 6, wall: 6, event: restart, decision: launch() };
    expect(replay([ordered, ordered, asked], window(1)).map(({ same }) => same)).toEqual([
      true,
      true,
      true,
    ]);
    expect(replay([{ ...asked, at: 5 }, asked], window(1)).map(({ same }) => same)).toEqual([
      true,
      false,
    ]);
  });

  it("holds instants that go back", () => {
    const at = (ms: number): JournalEntry => ({ at: ms, wall: 0, event: restart, decision: noted });
    const steps = replay([at(50), at(20), at(60)], window(1));
    expect(steps.map((step) => step.at)).toEqual([50, 50, 60]);
    expect(steps[1]?.replayed).toStrictEqual(refuse("window-full", 100));
    expect(steps[2]?.replayed).toStrictEqual(refuse("window-full", 90));
  });

  it("goes on with the recorded events after a difference", () => {
    fc.assert(
      fc.property(traces([100]), (trace) => {
        const journal = journalOf(window(3), trace);
        const steps = replay(journal, window(1));
        expect(steps.map(({ event }) => event)).toStrictEqual(journal.map(({ event }) => event));
      }),
    );
  });

  it("has the state before each line, which an operator's order leaves alone", () => {
    const asked = { at: 6, wall: 6, event: restart, decision: launch() };
    const ordered = { ...asked, event: operator, by: "operator" } as const;
    const policy = window(2);
    const first = policy.step(policy.initial(), restart, 6)[0];
    const befores = replay([asked, ordered, asked], policy).map(({ before }) => before);
    expect(befores).toStrictEqual([policy.initial(), first, first]);
  });

  it("of nothing is nothing, and takes any iterable", () => {
    expect(replay([], window(1))).toEqual([]);
    expect(replay(new Set([entry({ type: "reset" })]), window(1))).toHaveLength(1);
  });
});
