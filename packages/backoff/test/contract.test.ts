// What every policy must keep, whatever it decides.

import { isDeepStrictEqual } from "node:util";
import { decisionFault, type RestartEvent } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { backoff } from "../src/index.js";
import { ask, completion, crash, healthy, reset, run } from "./events.js";
import { anyPlan, anyRun, optionsOf, planAndRun } from "./runs.js";

function deepFreeze<Part>(part: Part): Part {
  if (typeof part === "object" && part !== null && !Object.isFrozen(part)) {
    Object.freeze(part);
    Object.values(part).forEach(deepFreeze);
  }
  return part;
}

const policyAndRun = planAndRun();

test("a step is a pure function of frozen plain JSON and keeps the rules for decisions", () => {
  law(policyAndRun, ([plan, events], reached) => {
    const policy = backoff(optionsOf(plan));
    let state = deepFreeze(policy.initial());
    for (const { at, event } of events) {
      const [next, decision] = policy.step(state, deepFreeze(event), at);
      expect(policy.step(state, event, at)).toEqual([next, decision]);
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(next)), next)).toBe(true);
      expect(decisionFault(event, decision)).toBeNull();
      if (decision.type === "launch" && decision.delayMs > 0) reached();
      state = deepFreeze(next);
    }
  });
});

test("the description is plain JSON, and no delay is longer than its capMs", () => {
  law(policyAndRun, ([plan, events], reached) => {
    const { describe: about, step, initial } = backoff(optionsOf(plan));
    expect(isDeepStrictEqual(JSON.parse(JSON.stringify(about)), about)).toBe(true);
    const longest = about.capMs ?? Number.NaN;
    let state = initial();
    for (const { at, event } of events) {
      const [next, decision] = step(state, event, at);
      state = next;
      if (decision.type !== "launch") continue;
      expect(decision.delayMs).toBeLessThanOrEqual(longest);
      if (decision.delayMs > longest / 2) reached();
    }
  });
});

test("the same reference comes back when nothing changed", () => {
  law(policyAndRun, ([plan, events], reached) => {
    const policy = backoff(optionsOf(plan));
    let state = policy.initial();
    for (const { at, event } of events) {
      const [next] = policy.step(state, event, at);
      if (isDeepStrictEqual(next, state)) {
        expect(next).toBe(state);
        if (state.since !== null && event.type === "launch") reached();
      }
      state = next;
    }
  });
});

test.each<[string, RestartEvent, RestartEvent]>([
  ["a second completion at the same instant", completion(), completion()],
  ["a second reset", reset, reset],
  ["a second healthy", healthy, healthy],
])("%s changes nothing", (_, first, second) => {
  const policy = backoff();
  const { state } = run(policy, [{ at: 5, event: first }]);
  expect(policy.step(state, second, 5)[0]).toBe(state);
});

test("what no option asks for is not remembered: a restart leaves the state as it was", () => {
  const policy = backoff({ jitter: "none" });
  const { state } = run(policy, [{ at: 5, event: crash() }]);
  expect(policy.step(state, ask("restart"), 5)[0]).toBe(state);
});

test("a snapshot taken in the middle of a run decides on as if nothing had been", () => {
  const runs = policyAndRun.chain(([plan, events]) =>
    fc.tuple(fc.constant(plan), fc.constant(events), fc.nat({ max: events.length - 1 })),
  );
  law(runs, ([plan, events, cut], reached) => {
    const policy = backoff(optionsOf(plan));
    const before = run(policy, events.slice(0, cut)).state;
    const rest = events.slice(cut);
    const saved: unknown = JSON.parse(JSON.stringify(before));
    const parsed = backoff(optionsOf(plan)).parse(saved, rest[0]?.at ?? 0);
    expect(parsed).toEqual(before);
    expect(run(policy, rest, parsed).decisions).toEqual(run(policy, rest, before).decisions);
    if (before.count > 1) reached();
  });
});

test("a state of any options is read and stepped under any other", () => {
  const runs = fc
    .tuple(planAndRun(), anyPlan())
    .chain(([one, other]) => fc.tuple(fc.constant(one), fc.constant(other), anyRun(other, 10)));
  law(runs, ([[one, before], other, after], reached) => {
    const { state } = run(backoff(optionsOf(one)), before);
    const policy = backoff(optionsOf(other));
    const parsed = policy.parse(JSON.parse(JSON.stringify(state)), before.at(-1)?.at ?? 0);
    expect(parsed).toEqual(state);
    const from = before.at(-1)?.at ?? 0;
    let stepped = parsed;
    for (const { at, event } of after) {
      const [next, decision] = policy.step(stepped, event, at + from);
      expect(decisionFault(event, decision)).toBeNull();
      if (decision.type === "launch") {
        expect(decision.delayMs).toBeLessThanOrEqual(policy.describe.capMs ?? Number.NaN);
      }
      stepped = next;
    }
    if (state.count > 1) reached();
  });
});

describe("parse", () => {
  const policy = backoff();
  const fine = { count: 3, since: 100, allowedAt: 90, delayMs: 1.5, previousMs: 0.5 };

  test("accepts what a policy could have written", () => {
    expect(policy.parse(fine, 100)).toEqual(fine);
  });

  test("pulls instants later than now back to now", () => {
    expect(policy.parse(fine, 80)).toEqual({ ...fine, since: 80, allowedAt: 80 });
  });

  test("does not keep what it does not know", () => {
    expect(policy.parse({ ...fine, extra: 1 }, 100)).toEqual(fine);
  });

  test.each([
    ["count", -1],
    ["count", 1.5],
    ["count", 2 ** 53],
    ["count", "3"],
    ["count", undefined],
    ["since", 1.5],
    ["since", "now"],
    ["since", undefined],
    ["allowedAt", Number.NaN],
    ["delayMs", -1],
    ["delayMs", Number.POSITIVE_INFINITY],
    ["previousMs", null],
  ])("rejects %s: %s, with its path", (path, value) => {
    expect(() => policy.parse({ ...fine, [path]: value }, 100)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_STATE", path }),
    );
  });

  test.each([null, [], "state", 3, undefined])("rejects %s as a whole", (raw) => {
    expect(() => policy.parse(raw, 0)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_STATE", path: "" }),
    );
  });
});

describe("idle", () => {
  test("is false from an exit to its launch, and true after healthy and reset", () => {
    const policy = backoff();
    const { state } = run(policy, [{ at: 0, event: completion() }]);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
    expect(policy.idle?.(state, 1e9)).toBe(false);
    expect(policy.idle?.(policy.step(state, healthy, 1)[0], 1)).toBe(true);
    expect(policy.idle?.(policy.step(state, reset, 1)[0], 1)).toBe(true);
  });

  test("an idle state answers everything as a fresh one does", () => {
    const runs = policyAndRun.chain(([plan, events]) =>
      fc.tuple(fc.constant(plan), fc.constant(events), anyRun(plan, 1e12)),
    );
    law(runs, ([plan, before, after], reached) => {
      const policy = backoff(optionsOf(plan));
      let state = policy.initial();
      for (const { at, event } of before) {
        [state] = policy.step(state, event, at);
        if (!policy.idle?.(state, at)) continue;
        expect(run(policy, after, state).decisions).toEqual(run(policy, after).decisions);
        if (event.type !== "launch") reached();
      }
    });
  });
});

test("adding a constant to every instant changes no decision", () => {
  law(policyAndRun, ([plan, events], reached) => {
    const policy = backoff(optionsOf(plan));
    const shifted = events.map(({ at, event }) => ({ at: at + 1_700_000_000_000, event }));
    const { decisions } = run(policy, shifted);
    expect(decisions).toEqual(run(policy, events).decisions);
    if (decisions.some((decision) => decision.type === "launch" && decision.delayMs > 0)) reached();
  });
});

test("start and operator launch at once, whatever was before", () => {
  law(policyAndRun, ([plan, events], reached) => {
    const policy = backoff(optionsOf(plan));
    const { state } = run(policy, [...events, { at: 1e13, event: crash() }]);
    for (const cause of ["start", "operator"] as const) {
      expect(policy.step(state, ask(cause), 1e13)).toEqual([state, { type: "launch", delayMs: 0 }]);
    }
    if (state.count > 2) reached();
  });
});
