// What every policy must keep, whatever it decides.

import { isDeepStrictEqual } from "node:util";
import { decisionFault, type RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { crashBudget, decayingBudget } from "../src/index.js";
import {
  completion,
  crash,
  healthy,
  operator,
  reset,
  run,
  story,
  type TimedEvent,
} from "./events.js";
import {
  anyDecayingPlan,
  anyPlan,
  decayingPlanAndRun,
  decayingRunOf,
  planAndRun,
  runOf,
} from "./runs.js";

interface Subject {
  readonly policy: RestartPolicy<unknown>;
  /** The same policy under other options. */
  readonly other: RestartPolicy<unknown>;
  readonly events: readonly TimedEvent[];
  /** A run for `other`, long after. */
  readonly later: readonly TimedEvent[];
}

const LATER = 1e15;

const subjects: readonly [string, fc.Arbitrary<Subject>][] = [
  [
    "crashBudget",
    fc.tuple(planAndRun(), anyPlan()).chain(([[plan, events], other]) =>
      runOf(other, LATER).map((later) => ({
        policy: crashBudget(plan) as RestartPolicy<unknown>,
        other: crashBudget(other) as RestartPolicy<unknown>,
        events,
        later,
      })),
    ),
  ],
  [
    "decayingBudget",
    fc.tuple(decayingPlanAndRun(), anyDecayingPlan()).chain(([[plan, events], other]) =>
      decayingRunOf(other, LATER).map((later) => ({
        policy: decayingBudget(plan) as RestartPolicy<unknown>,
        other: decayingBudget(other) as RestartPolicy<unknown>,
        events,
        later,
      })),
    ),
  ],
];

function deepFreeze<Part>(part: Part): Part {
  if (typeof part === "object" && part !== null && !Object.isFrozen(part)) {
    Object.freeze(part);
    Object.values(part).forEach(deepFreeze);
  }
  return part;
}

const isFresh = (policy: RestartPolicy<unknown>, state: unknown) =>
  isDeepStrictEqual(state, policy.initial());

describe.each(subjects)("%s", (_, anySubject) => {
  test("a step is a pure function of frozen plain JSON and keeps the rules for decisions", () => {
    law(anySubject, ({ policy, events }, reached) => {
      let state = deepFreeze(policy.initial());
      for (const { at, event } of events) {
        const [next, decision] = policy.step(state, deepFreeze(event), at);
        expect(policy.step(state, event, at)).toEqual([next, decision]);
        expect(isDeepStrictEqual(JSON.parse(JSON.stringify(next)), next)).toBe(true);
        expect(decisionFault(event, decision)).toBeNull();
        if (decision.type === "refuse") reached();
        state = deepFreeze(next);
      }
    });
  });

  test("the description is plain JSON, and no delay is longer than its capMs", () => {
    law(anySubject, ({ policy, events }, reached) => {
      const about = policy.describe;
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(about)), about)).toBe(true);
      for (const decision of run(policy, events).decisions) {
        if (decision.type !== "launch") continue;
        expect(decision.delayMs).toBeLessThanOrEqual(about.capMs ?? 0);
        if (decision.delayMs > 0) reached();
      }
    });
  });

  test("the same reference comes back when nothing changed", () => {
    law(anySubject, ({ policy, events }, reached) => {
      let state = policy.initial();
      for (const { at, event } of events) {
        const [next] = policy.step(state, event, at);
        if (isDeepStrictEqual(next, state)) {
          expect(next).toBe(state);
          if (!isFresh(policy, state)) reached();
        }
        state = next;
      }
    });
  });

  test("a refusal changes nothing, and leaving it out changes no other decision", () => {
    law(anySubject, ({ policy, events }, reached) => {
      let state = policy.initial();
      const admitted: TimedEvent[] = [];
      const decisions = [];
      for (const { at, event } of events) {
        const [next, decision] = policy.step(state, event, at);
        if (decision.type === "refuse") {
          expect(next).toBe(state);
          reached();
          continue;
        }
        admitted.push({ at, event });
        decisions.push(decision);
        state = next;
      }
      expect(run(policy, admitted).decisions).toEqual(decisions);
    });
  });

  test("a snapshot taken in the middle of a run decides on as if nothing had been", () => {
    const cut = anySubject.chain((subject) =>
      fc.tuple(fc.constant(subject), fc.nat({ max: subject.events.length - 1 })),
    );
    law(cut, ([{ policy, events }, at], reached) => {
      const before = run(policy, events.slice(0, at)).state;
      const rest = events.slice(at);
      const parsed = policy.parse(JSON.parse(JSON.stringify(before)), rest[0]?.at ?? 0);
      expect(parsed).toEqual(before);
      expect(run(policy, rest, parsed).decisions).toEqual(run(policy, rest, before).decisions);
      if (!isFresh(policy, before)) reached();
    });
  });

  test("a state of any options is read and stepped under any other", () => {
    law(anySubject, ({ policy, other, events, later }, reached) => {
      const { state } = run(policy, events);
      const parsed = other.parse(JSON.parse(JSON.stringify(state)), events.at(-1)?.at ?? 0);
      expect(parsed).toEqual(state);
      let stepped = parsed;
      for (const { at, event } of later) {
        const [next, decision] = other.step(stepped, event, at);
        expect(decisionFault(event, decision)).toBeNull();
        stepped = next;
      }
      if (!isFresh(policy, state)) reached();
    });
  });

  test("adding a constant to every instant changes no decision", () => {
    law(anySubject, ({ policy, events }, reached) => {
      const shifted = events.map(({ at, event }) => ({ at: at + 1_700_000_000_000, event }));
      const { decisions } = run(policy, shifted);
      expect(decisions).toEqual(run(policy, events).decisions);
      if (decisions.some(({ type }) => type === "refuse")) reached();
    });
  });

  test("a reset restores the initial state", () => {
    law(anySubject, ({ policy, events }, reached) => {
      const { state } = run(policy, events);
      expect(policy.step(state, reset, LATER)[0]).toEqual(policy.initial());
      if (!isFresh(policy, state)) reached();
    });
  });

  test("an idle state answers everything as a fresh one does", () => {
    law(anySubject, ({ policy, other, events, later }, reached) => {
      // Under the other options, for which `later` was drawn.
      let state = policy.initial();
      for (const { at, event } of events) {
        [state] = policy.step(state, event, at);
        if (!other.idle?.(state, at)) continue;
        expect(run(other, later, state).decisions).toEqual(run(other, later).decisions);
        if (event.type !== "launch") reached();
      }
    });
  });

  test("a state is not idle from an exit that failed to its launch", () => {
    law(anySubject, ({ policy, events }, reached) => {
      let state = policy.initial();
      for (const { at, event } of events) {
        [state] = policy.step(state, event, at);
        if (event.type !== "exited" || !event.failed) continue;
        expect(policy.idle?.(state, at)).toBe(false);
        reached();
      }
    });
  });
});

describe("crashBudget is idle", () => {
  const budget = crashBudget({ windowMs: 1_000, onHealthy: "ignore" });
  const counting = crashBudget({ windowMs: 1_000, counts: "launches" });

  test("at once after a healthy run that is forgiven", () => {
    const forgiving = crashBudget({ windowMs: 1_000 });
    const { state } = run(forgiving, story([0, crash], [5, healthy]));
    expect(forgiving.idle?.(state, 5)).toBe(true);
  });

  test("when the window is over and the child was seen running since", () => {
    const { state } = run(budget, story([0, crash], [5, healthy]));
    expect([999, 1_000].map((now) => budget.idle?.(state, now))).toEqual([false, true]);
  });

  test("not while an exit may be waiting for its launch, failed or not", () => {
    for (const exit of [crash, completion]) {
      const { state } = run(budget, story([0, exit]));
      expect(budget.idle?.(state, 1e12)).toBe(false);
    }
  });

  test("when a window of launches is over that no exit followed", () => {
    const { state } = run(counting, story([0, operator]));
    expect([999, 1_000].map((now) => counting.idle?.(state, now))).toEqual([false, true]);
  });
});

describe("parse", () => {
  const budget = crashBudget();
  const decaying = decayingBudget();
  const window = { openedAt: 10, count: 2, exitedAt: 20 };
  const score = { score: 1.5, failedAt: 10, pausedAt: 20, drawnMs: 7.5 };

  test("accepts what a policy could have written, and pulls instants back to now", () => {
    expect(budget.parse({ ...window, extra: 1 }, 20)).toEqual(window);
    expect(budget.parse(window, 15)).toEqual({ ...window, exitedAt: 15 });
    expect(budget.parse(window, 5)).toEqual({ openedAt: 5, count: 2, exitedAt: 5 });
    expect(decaying.parse(score, 20)).toEqual(score);
    expect(decaying.parse(score, 5)).toEqual({ ...score, failedAt: 5, pausedAt: 5 });
  });

  test.each([
    ["openedAt", 0.5],
    ["openedAt", "now"],
    ["count", -1],
    ["count", 2 ** 53],
    ["count", undefined],
    ["exitedAt", Number.NaN],
    ["exitedAt", undefined],
  ])("crashBudget rejects %s: %s", (path, value) => {
    expect(() => budget.parse({ ...window, [path]: value }, 20)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_STATE", path }),
    );
  });

  test.each([
    ["score", -1],
    ["score", Number.POSITIVE_INFINITY],
    ["failedAt", 0.5],
    ["pausedAt", "later"],
    ["drawnMs", -1],
    ["drawnMs", undefined],
  ])("decayingBudget rejects %s: %s", (path, value) => {
    expect(() => decaying.parse({ ...score, [path]: value }, 20)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_STATE", path }),
    );
  });
});
