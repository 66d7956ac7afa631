// Arbitrary members of a composition, as recipes: a fresh policy each time, and a readable failure.

import fc from "fast-check";
import { type RestartPolicy, restartOn } from "../src/index.js";
import {
  backoff,
  calendar,
  gate,
  never,
  pausing,
  slidingWindow,
  turnstile,
  willing,
} from "./sample-policies.js";

const small = fc.integer({ min: 0, max: 40 });
const reason = fc.constantFrom("a", "b", "c");
const pattern = fc.record({
  openMs: fc.integer({ min: 1, max: 9 }),
  closedMs: fc.integer({ min: 1, max: 9 }),
  phaseMs: fc.nat(20),
});

/** Once willing, willing until an event. */
const steady: fc.Arbitrary<RestartPolicy> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(reason, small).map(([name, at]) => gate(name, at)) },
  {
    weight: 4,
    arbitrary: fc
      .record({ limit: fc.nat(3), windowMs: small })
      .map((options) => slidingWindow(options) as RestartPolicy),
  },
  {
    weight: 3,
    arbitrary: small.map((initialMs) => backoff({ initialMs, capMs: 50 }) as RestartPolicy),
  },
  { weight: 1, arbitrary: small.map((eighths) => pausing(eighths / 8)) },
  { weight: 1, arbitrary: reason.map((name) => never(name)) },
  { weight: 1, arbitrary: fc.constant(willing()) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("permanent" as const, "transient" as const)
      .map((type) => restartOn(type) as RestartPolicy),
  },
);

/** Willing and unwilling by turns. */
const unsteady: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc.tuple(reason, pattern).map(([name, turns]) => calendar(name, turns)),
  fc.tuple(reason, pattern).map(([name, turns]) => turnstile(name, turns)),
);

/** Steady policies that mostly wait, and mostly not for good. */
const waiting: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc.nat(40).map((opensAt): RestartPolicy => gate("gate", opensAt)),
  fc.nat(40).map((eighths): RestartPolicy => pausing(eighths / 8)),
  fc.nat(40).map((initialMs): RestartPolicy => backoff({ initialMs, capMs: 60 })),
  fc
    .record({ limit: fc.integer({ min: 1, max: 3 }), windowMs: fc.integer({ min: 1, max: 60 }) })
    .map((options): RestartPolicy => slidingWindow(options)),
);

export const waitingMember = waiting.map(drawn);
export const steadyMember = steady.map(drawn);
export const unsteadyMember = unsteady.map(drawn);

/** The same, with its description as its picture in a counterexample. */
function drawn(policy: RestartPolicy): RestartPolicy {
  const picture = JSON.stringify({ name: policy.name, ...policy.describe });
  return Object.assign({ ...policy }, { [fc.toStringMethod]: () => picture });
}

export const anyMember = fc.oneof(
  { weight: 3, arbitrary: steadyMember },
  { weight: 2, arbitrary: unsteadyMember },
);

/** Every duration that matters to one of them. */
export function timesOf(members: readonly RestartPolicy[]): number[] {
  return [...new Set([1, ...members.flatMap(({ describe }) => describe.timesMs)])];
}
