// Options and runs of events, drawn so that what is interesting happens often: gaps scale with the
// options, and mix 0, 1, exactly the window, the window +-1, a share of it, long silence, steps back.

import type { Millis, RestartEvent } from "@steadfast/policy";
import fc from "fast-check";
import type { SlidingWindowOptions } from "../src/index.js";
import {
  cleanExit,
  crash,
  healthy,
  operator,
  reset,
  restart,
  start,
  type TimedEvent,
} from "./events.js";

export type Filled = Required<SlidingWindowOptions>;

const WINDOWS = [0, 1, 2, 10, 1000, 60_000, 30 * 86_400_000, 400 * 86_400_000];

/** Any options, small limits oftener than large ones. */
export function anyOptions(fixed: Partial<Filled> = {}): fc.Arbitrary<Filled> {
  return fc
    .record<Filled>({
      limit: fc.oneof(
        { arbitrary: fc.integer({ min: 0, max: 4 }), weight: 4 },
        { arbitrary: fc.integer({ min: 5, max: 40 }), weight: 1 },
      ),
      windowMs: fc.oneof(fc.constantFrom(...WINDOWS), fc.integer({ min: 0, max: 5000 })),
      edge: fc.constantFrom("half-open", "closed"),
      counts: fc.constantFrom("launches", "restarts", "failures"),
      tripAt: fc.constantFrom("limit", "over-limit"),
      recordRefused: fc.boolean(),
      limitZero: fc.constantFrom("refuse", "run-once", "unlimited"),
    })
    .map((options) => ({ ...options, ...fixed }));
}

/** A gap between two events of a run under these options. */
export function gap({ limit, windowMs }: Filled): fc.Arbitrary<number> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(0, 1), weight: 6 },
    { arbitrary: fc.integer({ min: 0, max: Math.ceil((2 * windowMs) / (limit + 1)) }), weight: 4 },
    { arbitrary: fc.constantFrom(windowMs, windowMs + 1, Math.max(0, windowMs - 1)), weight: 3 },
    { arbitrary: fc.constant(10 * windowMs + 7), weight: 1 },
  );
}

/** What happens between one gap and the next: an exit and its request come back to back. */
const happenings: fc.Arbitrary<readonly RestartEvent[]> = fc.oneof(
  { arbitrary: fc.constant([crash, restart]), weight: 8 },
  { arbitrary: fc.constant([cleanExit, restart]), weight: 3 },
  { arbitrary: fc.constant([restart]), weight: 4 },
  { arbitrary: fc.constantFrom([operator], [healthy], [crash], [start]), weight: 3 },
);

const oftenNoReset = fc.oneof(
  { arbitrary: happenings, weight: 24 },
  { arbitrary: fc.constant([reset]), weight: 1 },
);

/** A run that begins with `start` at `from` and whose clock never goes back. */
export function anyRun(
  options: Filled,
  { from = 0, resets = true }: { readonly from?: Millis; readonly resets?: boolean } = {},
): fc.Arbitrary<readonly TimedEvent[]> {
  const turn = fc.tuple(gap(options), resets ? oftenNoReset : happenings);
  return fc.array(turn, { minLength: 4, maxLength: 40, size: "max" }).map((turns) => {
    let at = from;
    const rest = turns.flatMap(([wait, events]) => {
      at += wait;
      return events.map((event) => ({ at, event }));
    });
    return [{ at: from, event: start }, ...rest];
  });
}

/** Options together with a run under them. */
export function optionsAndRun(
  fixed: Partial<Filled> = {},
  about: { readonly from?: Millis; readonly resets?: boolean } = {},
): fc.Arbitrary<readonly [Filled, readonly TimedEvent[]]> {
  return anyOptions(fixed).chain((options) =>
    fc.tuple(fc.constant(options), anyRun(options, about)),
  );
}
