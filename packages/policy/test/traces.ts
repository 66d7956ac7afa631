// What happens to a policy, and when: events with gaps that scale with the policy's own durations.

import fc from "fast-check";
import type {
  Exit,
  ExitedEvent,
  LaunchEvent,
  RestartDecision,
  RestartEvent,
  RestartPolicy,
} from "../src/index.js";

export interface Happening {
  readonly gapMs: number;
  readonly event: RestartEvent;
}

/** The wall clock stands this far ahead of the supervisor's clock; a multiple of 140. */
export const WALL = 1_680_000_000_000;

export const exits: readonly Exit[] = [
  { kind: "completed", code: 0 },
  { kind: "failed", code: 1 },
  { kind: "signalled", signal: "SIGSEGV" },
  { kind: "out-of-memory" },
  { kind: "timed-out", afterMs: 10 },
  { kind: "cancelled" },
  { kind: "spawn-failed", error: "ENOENT" },
  { kind: "unhealthy", reason: "heartbeat-stale" },
  { kind: "abandoned" },
  { kind: "lost" },
];

export const start: LaunchEvent = { type: "launch", cause: "start", draw: 0.5, wall: WALL };
export const restart: LaunchEvent = { ...start, cause: "restart" };
export const operator: LaunchEvent = { ...start, cause: "operator" };
export const crash: ExitedEvent = {
  type: "exited",
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs: 5,
};
export const wellEnded: ExitedEvent = {
  type: "exited",
  exit: { kind: "completed", code: 0 },
  failed: false,
  uptimeMs: 5,
};

/** 0, 1, a share of a duration, exactly a duration, one around it, long silence, steps back. */
export function gaps(timesMs: readonly number[]): fc.Arbitrary<number> {
  const times = timesMs.length > 0 ? timesMs : [10];
  const time = fc.constantFrom(...times);
  const longest = Math.max(...times, 1);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 2) },
    { weight: 4, arbitrary: time.chain((ms) => fc.integer({ min: 0, max: Math.max(1, ms) })) },
    { weight: 3, arbitrary: fc.tuple(time, fc.constantFrom(-1, 0, 1)).map(([ms, by]) => ms + by) },
    { weight: 1, arbitrary: fc.constant(longest * 10 + 7) },
    { weight: 1, arbitrary: fc.constantFrom(-1, -longest) },
  );
}

/** Dyadic, so that sums of fractions of delays are exact. */
export const draws = fc.integer({ min: 0, max: 255 }).map((n) => n / 256);

export const events: fc.Arbitrary<RestartEvent> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("launch" as const),
      cause: fc.constantFrom("start" as const, "restart" as const, "operator" as const),
      draw: draws,
      wall: fc.constant(WALL),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("exited" as const),
      exit: fc.constantFrom(...exits),
      failed: fc.boolean(),
      uptimeMs: fc.nat(100),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: "healthy" as const }) },
  { weight: 1, arbitrary: fc.constant({ type: "reset" as const }) },
);

/** Events one by one, and often as a supervisor tells them: an exit, and at once a request. */
export function traces(timesMs: readonly number[], maxLength = 25): fc.Arbitrary<Happening[]> {
  const happening = fc.record({ gapMs: gaps(timesMs), event: events });
  const again = { gapMs: 0, event: restart };
  const ends = fc.constantFrom(crash, crash, wellEnded);
  const life = fc
    .record({ gapMs: gaps(timesMs), event: ends })
    .map((end): Happening[] => [end, again]);
  const part = fc.oneof(
    { weight: 2, arbitrary: happening.map((one) => [one]) },
    { weight: 1, arbitrary: life },
  );
  return fc.array(part, { minLength: 1, maxLength }).map((parts) => parts.flat());
}

/** One who asks and asks, with a failure now and then. */
export function requests(timesMs: readonly number[], maxLength = 12): fc.Arbitrary<Happening[]> {
  const gapMs = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 5) }, gaps(timesMs));
  const request = gapMs.map((ms): Happening[] => [{ gapMs: ms, event: restart }]);
  const failure = gapMs.map((ms): Happening[] => [
    { gapMs: ms, event: crash },
    { gapMs: 0, event: restart },
  ]);
  return fc
    .array(fc.oneof(request, failure), { minLength: 3, maxLength })
    .map((parts) => parts.flat());
}

export interface Moment<State> {
  readonly now: number;
  readonly event: RestartEvent;
  readonly before: State;
  readonly after: State;
  readonly decision: RestartDecision;
}

/** Tells a policy a trace; time never goes back, `wall` goes along, and every state is frozen. */
export function tell<State>(
  policy: RestartPolicy<State>,
  trace: readonly Happening[],
  from = 0,
): Moment<State>[] {
  const moments: Moment<State>[] = [];
  let now = from;
  let state = frozen(policy.initial());
  for (const { gapMs, event: told } of trace) {
    now = Math.max(now, now + gapMs);
    const event = told.type === "launch" ? { ...told, wall: WALL + now } : told;
    const [after, decision] = policy.step(state, event, now);
    moments.push({ now, event, before: state, after: frozen(after), decision });
    state = after;
  }
  return moments;
}

export const decisionsOf = (moments: readonly Moment<unknown>[]) =>
  moments.map(({ decision }) => decision);

export function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
