// What a supervisor tells a policy: a start, lives of whatever length, questions put again.

import type { Exit, Millis, RestartEvent, RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { LONGEST } from "./any-policy.js";

export interface Moment {
  readonly now: Millis;
  readonly event: RestartEvent;
}

const exits: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "completed", code: 0 },
  { kind: "spawn-failed", error: "ENOENT" },
];

const gap = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 2) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: LONGEST }) },
  { weight: 1, arbitrary: fc.constant(LONGEST * 3) },
);

const part = fc.record({
  gap,
  life: fc.boolean(),
  exit: fc.constantFrom(...exits),
  healthy: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  draw: fc.integer({ min: 0, max: 255 }).map((n) => n / 256),
});

/** Ends with a request. */
export const trace: fc.Arbitrary<readonly Moment[]> = fc
  .array(part, { minLength: 1, maxLength: 14 })
  .map((parts) => {
    let now = 0;
    const start = { type: "launch", cause: "start", draw: 0.5, wall: 0 } as const;
    const moments: Moment[] = [{ now, event: start }];
    for (const { gap, life, exit, healthy, draw } of parts) {
      now += gap;
      if (healthy) moments.push({ now, event: { type: "healthy" } });
      const failed = exit.kind !== "completed";
      if (life) moments.push({ now, event: { type: "exited", exit, failed, uptimeMs: gap } });
      moments.push({ now, event: { type: "launch", cause: "restart", draw, wall: now } });
    }
    return moments;
  });

/** The state before each moment. */
export function statesOf(policy: RestartPolicy, moments: readonly Moment[]): unknown[] {
  let state = policy.initial();
  return moments.map(({ now, event }) => {
    const before = state;
    [state] = policy.step(state, event, now);
    return before;
  });
}
