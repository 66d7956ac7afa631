// What a window would have to be, or its limit, so that the crash loop that was heard reaches it.

import type { Heard } from "./crash-loop.js";
import { number } from "./curves.js";
import { fitsOf } from "./fits.js";
import type { Place } from "./places.js";

export interface Needs {
  readonly option: "limit" | "retries";
  readonly value: number;
  readonly windowMs: number;
  /** How many of what it counts it takes for one refusal, beyond the value of the option. */
  readonly over: 0 | 1;
  /** The most of them that fell into the window. */
  readonly most: number;
  /** The shortest window that would have held enough; null if there never was enough. */
  readonly neededMs: number | null;
  /** The largest value of the option that would have been met; null if there is none. */
  readonly reachable: number | null;
}

export function needsOf({ description }: Place, heard: Heard): Needs {
  const { kind, options } = description;
  const fixed = kind === "crashBudget";
  const option = fixed ? "retries" : "limit";
  const value = number(options[option]);
  const windowMs = number(options.windowMs);
  const closed = options.edge === "closed";
  const over = fixed || options.tripAt === "over-limit" ? 1 : 0;
  const { most, spanMs } = fitsOf(judged(kind, heard), fixed, windowMs + (closed ? 1 : 0));
  const span = spanMs(value + over);
  const neededMs = span === null ? null : span + (closed ? 0 : 1);
  const reachable = most - over >= (fixed ? 0 : 1) ? most - over : null;
  return { option, value, windowMs, over, most, neededMs, reachable };
}

/** A pause begins with the failure that fills its window, not when a restart is asked for. */
function judged(kind: string, heard: Heard): Heard {
  if (kind !== "pausingWindow") return heard;
  const asks = heard.asks.map(({ at, count }) => ({ at: heard.stamps[count - 1] ?? at, count }));
  return { ...heard, asks };
}
