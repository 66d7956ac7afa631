// What it takes for a limit to refuse: so many things within so long, and the shortest time they take.

import { number } from "./curves.js";
import { type Pace, paceOf } from "./pace.js";
import type { Place } from "./places.js";

/** A limit as a number of things that must fall into so long a time. */
export interface Reach {
  /** The option that says how many. */
  readonly option: "limit" | "retries";
  readonly value: number;
  /** For how long one counts, its edge included. */
  readonly lastsMs: number;
  /** How much of that is due to the edge, and to a coarse clock. */
  readonly extraMs: number;
  /** From the first that counts to the request that is refused, if the option has this value. */
  readonly spanMs: (value: number) => number;
}

/** What must happen for this limit to refuse; null for what has no such limit. */
export function reachOf({ description, servedMs, roundedMs }: Place, pace: Pace): Reach | null {
  const { kind, options } = description;
  const windowMs = number(options.windowMs);
  const option = kind === "crashBudget" ? "retries" : "limit";
  const value = number(options[option]);
  const closed = options.edge === "closed";
  const isWindow = kind === "slidingWindow" && value > 0;
  // A limit that nothing can reach is how it is turned off.
  if (value >= Number.MAX_SAFE_INTEGER) return null;
  if ((windowMs === 0 && !closed) || (!isWindow && kind !== "crashBudget")) return null;

  // How many must count before one is refused, and how many gaps that makes.
  const over = kind === "crashBudget" || options.tripAt === "over-limit" ? 1 : 0;
  const whole = paceOf(pace.delayMs, pace.freshMs);
  const served = paceOf(servedMs, pace.freshMs);
  const thenServed = paceOf(pace.delayMs, pace.freshMs, servedMs);
  const isServed = servedMs(Number.MAX_SAFE_INTEGER) > 0;
  const spans: { readonly [counts: string]: (count: number) => number } = {
    // Told at the exit, before its restart is asked for: the last one serves what comes before, at its place.
    failures: (count) => thenServed(count - 1),
    // Stamped when asked: at the exit, so that the first restart comes with the start; or after a delay.
    launches: (count) => (isServed ? served(count) : whole(count - 1)),
    restarts: (count) => (isServed ? served(count) : whole(count)),
  };
  const span = typeof options.counts === "string" ? spans[options.counts] : undefined;
  if (!span) return null;
  const extraMs = (closed ? 1 : 0) + roundedMs;
  return { option, value, lastsMs: windowMs + extraMs, extraMs, spanMs: (n) => span(n + over) };
}
