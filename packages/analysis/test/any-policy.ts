// Arbitrary policies of the cores and compositions of them, small enough that everything happens soon.

import { backoff, constant, proportional } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  waitOut,
  when,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";

export const LONGEST = 60;
const time = fc.integer({ min: 0, max: LONGEST });
const few = fc.constantFrom(0, 1, 2, 2, 3, 3, 4);

const leaf: fc.Arbitrary<RestartPolicy> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        limit: few,
        windowMs: time,
        edge: fc.constantFrom("half-open" as const, "closed" as const),
        counts: fc.constantFrom("launches" as const, "restarts" as const, "failures" as const),
        tripAt: fc.constantFrom("limit" as const, "over-limit" as const),
        recordRefused: fc.boolean(),
      })
      .map((options): RestartPolicy => slidingWindow(options)),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        initialMs: time,
        capMs: time,
        jitter: fc.constantFrom(
          "none" as const,
          "full" as const,
          "equal" as const,
          proportional({ low: 0.5, high: 1.5 }),
        ),
        resetAfterMs: fc.constantFrom(null, 0, 30),
        counts: fc.constantFrom("failures" as const, "restarts" as const),
        from: fc.constantFrom("exit" as const, "launch" as const, "request" as const),
      })
      .map((options): RestartPolicy => backoff(options)),
  },
  { weight: 1, arbitrary: time.map((delayMs) => backoff({ curve: constant({ delayMs }) })) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        retries: few,
        windowMs: time,
        retryDelayMs: time,
        counts: fc.constantFrom("failures" as const, "launches" as const),
        onHealthy: fc.constantFrom("forget" as const, "re-anchor" as const, "ignore" as const),
      })
      .map((options): RestartPolicy => crashBudget(options)),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        halfLifeMs: time,
        threshold: few,
        pauseMs: time,
        onTrip: fc.constantFrom("hold" as const, "delay" as const),
      })
      .map((options): RestartPolicy => decayingBudget(options)),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 9 }).map((restarts) => lifetimeCap({ restarts })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("permanent" as const, "transient" as const)
      .map((type): RestartPolicy => restartOn(type)),
  },
);

const { policy } = fc.letrec<{ policy: RestartPolicy }>((tie) => ({
  policy: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 3, arbitrary: fc.array(tie("policy"), { maxLength: 3 }).map((all) => allOf(...all)) },
    {
      weight: 2,
      arbitrary: fc
        .array(tie("policy"), { minLength: 1, maxLength: 3 })
        .map((all): RestartPolicy => inTurn(...all)),
    },
    { weight: 1, arbitrary: tie("policy").map((one) => giveUp(one)) },
    { weight: 1, arbitrary: tie("policy").map((one) => waitOut(one)) },
    {
      weight: 1,
      arbitrary: tie("policy").map(
        (one): RestartPolicy => when(({ kind }) => kind === "failed", one),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("policy"), fc.integer({ min: 1, max: 9 }))
        .map(([one, unitMs]) => coarse(one, unitMs)),
    },
  ),
}));

/** Its description is its picture in a counterexample. */
export const anyPolicy: fc.Arbitrary<RestartPolicy> = policy.map((one) => {
  const picture = JSON.stringify({ name: one.name, ...one.describe });
  return Object.assign({ ...one }, { [fc.toStringMethod]: () => picture });
});
