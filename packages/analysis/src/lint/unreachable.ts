// A limit that the delays keep out of reach: when the last launch that it takes comes, the first has
// expired. That is proved for a child that fails each time, at its fastest; a slower one is slower still.
// What would fix it holds for that proof and for the crash loop that was heard: both must be met.

import { grouped } from "../simulate/grouped.js";
import { type CrashLoop, heardAt } from "./crash-loop.js";
import type { Finding } from "./finding.js";
import { needsOf } from "./needs.js";
import { neverTrips } from "./never-trips.js";
import type { Pace } from "./pace.js";
import type { Place } from "./places.js";
import { reachOf } from "./reach.js";

/** Null: it is reached, or it has no such limit. */
export function unreachable(place: Place, pace: Pace, loop: CrashLoop): Finding | null {
  const { path, description } = place;
  if (description.kind === "decayingBudget") return neverTrips(place, pace);
  const reach = reachOf(place, pace);
  if (!reach) return null;
  const { option, value, lastsMs, extraMs, spanMs } = reach;
  const neededMs = spanMs(value);
  if (neededMs < lastsMs) return null;

  const heard = heardAt(place, loop);
  const seen = heard && needsOf(place, heard);
  const windowMs = lastsMs - extraMs;
  const needs = Math.max(neededMs - extraMs + 1, seen?.neededMs ?? 0);
  const possible = largestThat((one) => spanMs(one) < lastsMs, value);
  const most = possible && Math.min(possible, seen?.reachable ?? possible);
  const cycleMs = Math.ceil(pace.delayMs(1));
  const { kind } = description;
  const known = { [option]: value, windowMs, cycleMs, neededWindowMs: needs };
  const longer = `set windowMs to at least ${grouped(needs)}`;
  const fix = most === null ? longer : `${longer}, or ${option} to at most ${grouped(most)}`;
  const common = { severity: "warning", fix, by: "proof", path } as const;
  if (cycleMs >= lastsMs) {
    return {
      ...common,
      code: "window-shorter-than-cycle",
      message: `${kind}: a window of ${grouped(windowMs)} ms is no longer than one restart takes with its delay, ${grouped(cycleMs)} ms, so that ${option} ${grouped(value)} is never reached`,
      numbers: known,
    };
  }
  return {
    ...common,
    code: "limit-unreachable",
    message: `${kind}: with ${option} ${grouped(value)} the first request to be refused comes ${grouped(needs - 1 + extraMs)} ms after what it counts from, because of the delays, and the window is ${grouped(windowMs)} ms`,
    numbers: most === null ? known : { ...known, reachable: most },
  };
}

/** The largest value below one that fails, from 1 on; null if there is none. */
function largestThat(holds: (value: number) => boolean, fails: number): number | null {
  let low = 0;
  let high = fails;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low === 0 ? null : low;
}
