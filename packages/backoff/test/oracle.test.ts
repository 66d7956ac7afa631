import type { RestartDecision } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { backoff } from "../src/index.js";
import type { TimedEvent } from "./events.js";
import { anyPlan, anyRun, optionsOf, type Plan, planAndRun } from "./runs.js";
import { twin } from "./twin.js";

/** Steps policy and twin side by side; answers the decisions. */
function compare(plan: Plan, events: readonly TimedEvent[]): readonly RestartDecision[] {
  const policy = backoff(optionsOf(plan));
  const dumb = twin(plan);
  let state = policy.initial();
  return events.map(({ at, event }) => {
    const [next, decision] = policy.step(state, event, at);
    expect(decision).toEqual(dumb.step(event, at));
    state = next;
    return decision;
  });
}

const delays = (decisions: readonly RestartDecision[]) =>
  new Set(decisions.flatMap((decision) => (decision.type === "launch" ? [decision.delayMs] : [])));

describe("a deliberately dumb twin decides the same", () => {
  test("under any options", () => {
    law(planAndRun(), ([plan, events], reached) => {
      if (delays(compare(plan, events)).size > 3) reached();
    });
  });

  test("where a run is long enough to forgive", () => {
    law(
      planAndRun({ resetAfterMs: 1000, initialMs: 3, capMs: 30_000 }),
      ([plan, events], reached) => {
        const forgiven = compare(plan, events);
        const not = compare({ ...plan, resetAfterMs: null }, events);
        if (JSON.stringify(forgiven) !== JSON.stringify(not)) reached();
      },
    );
  });

  test("where the clock goes back", () => {
    const runs = anyPlan().chain((plan) =>
      fc.tuple(
        fc.constant(plan),
        anyRun(plan),
        fc.array(fc.constantFrom(0, 0, 1, plan.capMs, plan.initialMs + 1), {
          minLength: 8,
          maxLength: 48,
          size: "max",
        }),
      ),
    );
    law(runs, ([plan, events, back], reached) => {
      const shaken = events.map(({ at, event }, i) => ({ at: at - (back[i] ?? 0), event }));
      const decisions = compare(plan, shaken);
      const wentBack = shaken.some(({ at }, i) => at < (shaken[i - 1]?.at ?? at));
      if (wentBack && delays(decisions).size > 3) reached();
    });
  });
});
