import type { RestartDecision, RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { crashBudget, decayingBudget } from "../src/index.js";
import type { TimedEvent } from "./events.js";
import {
  anyDecayingPlan,
  anyPlan,
  decayingPlanAndRun,
  decayingRunOf,
  planAndRun,
  runOf,
  shaken,
} from "./runs.js";
import { crashBudgetTwin, decayingBudgetTwin, type Twin } from "./twin.js";

/** Steps policy and twin side by side; answers the decisions. */
function compare<State>(
  policy: RestartPolicy<State>,
  dumb: Twin,
  events: readonly TimedEvent[],
): readonly RestartDecision[] {
  let state = policy.initial();
  return events.map(({ at, event }) => {
    const [next, decision] = policy.step(state, event, at);
    expect(decision).toEqual(dumb.step(event, at));
    state = next;
    return decision;
  });
}

const both = (decisions: readonly RestartDecision[]) =>
  decisions.some(({ type }) => type === "refuse") &&
  decisions.some(({ type }) => type === "launch");

const delayed = (decisions: readonly RestartDecision[]) =>
  decisions.some((decision) => decision.type === "launch" && decision.delayMs > 0);

const wentBack = (events: readonly TimedEvent[]) =>
  events.some(({ at }, i) => at < (events[i - 1]?.at ?? at));

describe("a deliberately dumb crash budget decides the same", () => {
  test.each(["failures", "launches"] as const)("counting %s", (counts) => {
    law(planAndRun({ counts }), ([plan, events], reached) => {
      if (both(compare(crashBudget(plan), crashBudgetTwin(plan), events))) reached();
    });
  });

  test("where the clock goes back", () => {
    const runs = anyPlan().chain((plan) =>
      fc.tuple(
        fc.constant(plan),
        runOf(plan).chain((events) => shaken(events, [plan.windowMs, plan.retryDelayMs])),
      ),
    );
    law(runs, ([plan, events], reached) => {
      const decisions = compare(crashBudget(plan), crashBudgetTwin(plan), events);
      if (wentBack(events) && both(decisions)) reached();
    });
  });
});

describe("a deliberately dumb decaying budget decides the same", () => {
  test("that holds", () => {
    const plans = decayingPlanAndRun({ onTrip: "hold", jitter: { low: 1, high: 1 } });
    law(plans, ([plan, events], reached) => {
      if (both(compare(decayingBudget(plan), decayingBudgetTwin(plan), events))) reached();
    });
  });

  test("that delays", () => {
    law(decayingPlanAndRun({ onTrip: "delay" }), ([plan, events], reached) => {
      if (delayed(compare(decayingBudget(plan), decayingBudgetTwin(plan), events))) reached();
    });
  });

  test("where the clock goes back", () => {
    const runs = anyDecayingPlan().chain((plan) =>
      fc.tuple(
        fc.constant(plan),
        decayingRunOf(plan).chain((events) => shaken(events, [plan.halfLifeMs, plan.pauseMs])),
      ),
    );
    law(runs, ([plan, events], reached) => {
      const decisions = compare(decayingBudget(plan), decayingBudgetTwin(plan), events);
      if (wentBack(events) && (both(decisions) || delayed(decisions))) reached();
    });
  });
});
