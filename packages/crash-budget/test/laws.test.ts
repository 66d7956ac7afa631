import type { Millis, RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { crashBudget, decayingBudget } from "../src/index.js";
import { ask, crash, healthy, restart, run, type TimedEvent } from "./events.js";
import {
  anyDecayingPlan,
  anyPlan,
  decayingPlanAndRun,
  decayingRunOf,
  planAndRun,
  runOf,
} from "./runs.js";

/** Every refusal of a run is kept to: refused one millisecond sooner, launched at it. */
function hintsAreExact<State>(
  policy: RestartPolicy<State>,
  events: readonly TimedEvent[],
  reached: () => void,
): void {
  let state = policy.initial();
  for (const { at, event } of events) {
    const [next, decision] = policy.step(state, event, at);
    if (decision.type === "refuse" && decision.retryAfterMs !== null) {
      const wait = decision.retryAfterMs;
      if (wait > 1) {
        const sooner = policy.step(next, event, at + wait - 1)[1];
        expect(sooner).toEqual({ ...decision, retryAfterMs: 1 });
      }
      expect(policy.step(next, event, at + wait)[1].type).toBe("launch");
      reached();
    }
    state = next;
  }
}

describe("a hint is exact", () => {
  test.each(["failures", "launches"] as const)("crashBudget, counting %s", (counts) => {
    law(planAndRun({ counts }), ([plan, events], reached) => {
      hintsAreExact(crashBudget(plan), events, reached);
    });
  });

  test("decayingBudget", () => {
    law(
      decayingPlanAndRun({ onTrip: "hold", jitter: { low: 1, high: 1 } }),
      ([plan, events], reached) => {
        hintsAreExact(decayingBudget(plan), events, reached);
      },
    );
  });
});

describe("once willing, willing until an event", () => {
  test("a request that launches would launch at any later instant, x ms later x ms shorter", () => {
    const subjects = fc.oneof(
      planAndRun({ counts: "failures" }).map(([plan, events]) => ({
        policy: crashBudget(plan) as RestartPolicy<unknown>,
        events,
        waits: [1, plan.retryDelayMs, plan.windowMs],
      })),
      decayingPlanAndRun().map(([plan, events]) => ({
        policy: decayingBudget(plan) as RestartPolicy<unknown>,
        events,
        waits: [1, plan.pauseMs / 2, plan.halfLifeMs],
      })),
    );
    law(subjects, ({ policy, events, waits }, reached) => {
      let state = policy.initial();
      for (const { at, event } of events) {
        const [next, decision] = policy.step(state, event, at);
        state = next;
        if (decision.type !== "launch") continue;
        for (const wait of waits.map(Math.floor)) {
          const [, later] = policy.step(next, event, at + wait);
          const delayMs = Math.max(0, decision.delayMs - wait);
          expect(later).toEqual({ type: "launch", delayMs: expect.closeTo(delayMs, 6) });
          if (delayMs > 0 && wait > 0) reached();
        }
      }
    });
  });
});

describe("a window bounds what is let through", () => {
  /** How many of the instants lie in the window of a length that begins at `from`. */
  const within = (instants: readonly Millis[], from: Millis, length: Millis) =>
    instants.filter((at) => at >= from && at < from + length).length;

  /** Only crashes and their restarts: `turns` are the gaps between them. */
  function crashLoop(policy: RestartPolicy<unknown>, gaps: readonly Millis[]) {
    let state = policy.initial();
    let now = 0;
    const crashes: Millis[] = [];
    const restarts: Millis[] = [];
    for (const wait of gaps) {
      now += wait;
      crashes.push(now);
      [state] = policy.step(state, crash, now);
      const [next, decision] = policy.step(state, restart, now);
      if (decision.type === "launch") restarts.push(now);
      state = next;
    }
    return { crashes, restarts };
  }

  const loops = anyPlan({ counts: "failures" }).chain((plan) =>
    fc.tuple(
      fc.constant(plan),
      fc.array(
        fc.oneof(
          fc.constantFrom(0, 1, plan.windowMs, plan.windowMs + 1),
          fc.nat({ max: Math.ceil(plan.windowMs / (plan.retries + 1)) }),
        ),
        { minLength: 10, maxLength: 60, size: "max" },
      ),
    ),
  );

  test("at most `retries` restarts in the window that a crash opened", () => {
    law(loops, ([plan, gaps], reached) => {
      const { crashes, restarts } = crashLoop(crashBudget(plan), gaps);
      const length = plan.edge === "closed" ? plan.windowMs + 1 : plan.windowMs;
      let from = Number.NEGATIVE_INFINITY;
      for (const at of crashes) {
        if (at - from < length) continue;
        from = at;
        // A window of length 0 holds nothing, so nothing is said about it.
        if (length === 0) continue;
        const let_through = within(restarts, from, length);
        expect(let_through).toBeLessThanOrEqual(plan.retries);
        if (let_through === plan.retries && within(crashes, from, length) > plan.retries) reached();
      }
    });
  });

  test("at most `retries` + 1 launches in a window that a launch opened", () => {
    law(
      loops.map(([plan, gaps]) => [{ ...plan, counts: "launches" as const }, gaps] as const),
      ([plan, gaps], reached) => {
        const { crashes, restarts } = crashLoop(crashBudget(plan), gaps);
        const length = plan.edge === "closed" ? plan.windowMs + 1 : plan.windowMs;
        let from = Number.NEGATIVE_INFINITY;
        for (const at of restarts) {
          if (at - from < length) continue;
          from = at;
          if (length === 0) continue;
          const launches = within(restarts, from, length);
          expect(launches).toBeLessThanOrEqual(plan.retries + 1);
          if (launches < within(crashes, from, length)) reached();
        }
      },
    );
  });

  test("a child that dies after any constant life is launched at most `retries` + 1 times a window", () => {
    const lives = anyPlan({ onHealthy: "forget", edge: "half-open" }).chain((plan) =>
      fc.tuple(
        fc.constant({ ...plan, windowMs: Math.max(1, plan.windowMs) }),
        fc.oneof(
          fc.constantFrom(0, 1, plan.windowMs, Math.max(0, plan.windowMs - 1)),
          fc.nat({ max: Math.ceil(plan.windowMs / (plan.retries + 1)) }),
        ),
      ),
    );
    law(lives, ([plan, life], reached) => {
      const policy = crashBudget(plan);
      const horizon = 5 * plan.windowMs;
      let [state] = policy.step(policy.initial(), ask("start"), 0);
      let now = 0;
      let launches = 1;
      let refused = false;
      for (;;) {
        now += life;
        [state] = policy.step(state, crash, now);
        let [next, decision] = policy.step(state, restart, now);
        if (decision.type === "refuse") {
          refused = true;
          now += decision.retryAfterMs ?? Number.NaN;
          [next, decision] = policy.step(state, restart, now);
        }
        expect(decision.type).toBe("launch");
        state = next;
        now += decision.type === "launch" ? Math.ceil(decision.delayMs) : 0;
        if (now >= horizon) break;
        launches++;
      }
      expect(launches).toBeLessThanOrEqual(5 * (plan.retries + 1) + 1);
      if (refused) reached();
    });
  });
});

describe("what is over is over", () => {
  /** Without the wait for an exit of long ago. */
  const launches = (policy: RestartPolicy<unknown>, events: readonly TimedEvent[], from: unknown) =>
    run(policy, events, from).decisions;

  test("crashBudget: what happened before the window that is over changes no decision", () => {
    const runs = anyPlan().chain((plan) => fc.tuple(fc.constant(plan), runOf(plan), runOf(plan)));
    law(runs, ([plan, before, after], reached) => {
      const policy = crashBudget(plan) as RestartPolicy<unknown>;
      const { state } = run(policy, before);
      const from = (before.at(-1)?.at ?? 0) + plan.windowMs + 1 + Math.ceil(plan.retryDelayMs);
      const later = after.map(({ at, event }) => ({ at: at + from, event }));
      expect(launches(policy, later, state)).toEqual(launches(policy, later, policy.initial()));
      const refused = run(policy, before).decisions.some(({ type }) => type === "refuse");
      if (refused && launches(policy, later, state).some(({ type }) => type === "refuse"))
        reached();
    });
  });

  test("decayingBudget: what happened sixty half-lives and a pause before changes no decision", () => {
    const runs = anyDecayingPlan().chain((plan) =>
      fc.tuple(fc.constant(plan), decayingRunOf(plan), decayingRunOf(plan)),
    );
    law(runs, ([plan, before, after], reached) => {
      const policy = decayingBudget(plan) as RestartPolicy<unknown>;
      const { state } = run(policy, before);
      const from = (before.at(-1)?.at ?? 0) + 60 * plan.halfLifeMs + 2 * plan.pauseMs;
      const later = after.map(({ at, event }) => ({ at: at + from, event }));
      expect(launches(policy, later, state)).toEqual(launches(policy, later, policy.initial()));
      if (state !== policy.initial() && before.some(({ event }) => event === crash)) reached();
    });
  });

  test("crashBudget forgets on healthy; to the decaying one it is nothing", () => {
    law(planAndRun({ onHealthy: "forget" }), ([plan, events], reached) => {
      const policy = crashBudget(plan);
      const { state } = run(policy, events);
      expect(policy.step(state, healthy, 1e13)[0]).toEqual(policy.initial());
      if (state.count > 1) reached();
    });
    law(decayingPlanAndRun(), ([plan, events], reached) => {
      const policy = decayingBudget(plan);
      const { state } = run(policy, events);
      expect(policy.step(state, healthy, 1e13)[0]).toBe(state);
      if (state.score > 1) reached();
    });
  });
});
