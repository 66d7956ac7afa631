// A limit that the delays keep out of reach: when the last launch that it takes comes, the first has
// expired. That is proved for a child that fails each time, at its fastest; a slower one is slower still.
// Inside a policy that wraps another, of a kind that is not known here, it is an assumption: then it must
// have been seen, too.

import type { PolicyDescription, RestartPolicy } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { SupervisionRules } from "../simulate/rules.js";
import { simulate } from "../simulate/simulate.js";
import { number, shortestDelay } from "./curves.js";
import type { Finding } from "./finding.js";
import { lifeThatForgives, paceOf } from "./pace.js";
import type { Place } from "./places.js";
import { withDraw } from "./with-draw.js";

/** How fast a child that fails each time gets launched under the whole policy, at best. */
export interface Pace {
  /** The shortest delay before the n-th restart in a row. */
  readonly delayMs: (n: number) => number;
  /** How long a child must live so that its delays begin anew. */
  readonly freshMs: number;
}

export function paceUnder(policy: PolicyDescription, healthyAfterMs: number): Pace {
  return {
    delayMs: (n) => shortestDelay(policy, n),
    freshMs: lifeThatForgives(policy, healthyAfterMs),
  };
}

const MOST_LAUNCHES = 10_000;

/** A limit as a number of things that must fall into so long a time. */
interface Reach {
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
function reachOf({ description, servedMs, roundedMs }: Place, pace: Pace): Reach | null {
  const { kind, options } = description;
  const windowMs = number(options.windowMs);
  const option = kind === "crashBudget" ? "retries" : "limit";
  const value = number(options[option]);
  const closed = options.edge === "closed";
  const isWindow = kind === "slidingWindow" && value > 0;
  if ((windowMs === 0 && !closed) || (!isWindow && kind !== "crashBudget")) return null;

  // How many must count before one is refused, and how many gaps that makes.
  const over = kind === "crashBudget" || options.tripAt === "over-limit" ? 1 : 0;
  const whole = paceOf(pace.delayMs, pace.freshMs);
  const served = paceOf(servedMs, pace.freshMs);
  const isServed = servedMs(Number.MAX_SAFE_INTEGER) > 0;
  const spans: { readonly [counts: string]: (count: number) => number } = {
    // Told at the exit, before its restart is asked for: the last one serves what comes before.
    failures: (count) => whole(count - 1) + Math.ceil(servedMs(1)),
    // Stamped when asked: at the exit, so that the first restart comes with the start; or after a delay.
    launches: (count) => (isServed ? served(count) : whole(count - 1)),
    restarts: (count) => (isServed ? served(count) : whole(count)),
  };
  const span = typeof options.counts === "string" ? spans[options.counts] : undefined;
  if (!span) return null;
  const extraMs = (closed ? 1 : 0) + roundedMs;
  return { option, value, lastsMs: windowMs + extraMs, extraMs, spanMs: (n) => span(n + over) };
}

/** Null: it is reached, or it has no such limit. */
export function unreachable(place: Place, pace: Pace): Finding | null {
  const { path, description } = place;
  if (description.kind === "decayingBudget") return neverTrips(place, pace);
  const reach = reachOf(place, pace);
  if (!reach) return null;
  const { option, value, lastsMs, extraMs, spanMs } = reach;
  const neededMs = spanMs(value);
  if (neededMs < lastsMs) return null;

  const windowMs = lastsMs - extraMs;
  const needs = neededMs - extraMs + 1;
  const most = largestThat((one) => spanMs(one) < lastsMs, value);
  const cycleMs = Math.ceil(pace.delayMs(1));
  const { kind } = description;
  const known = { [option]: value, windowMs, cycleMs, neededWindowMs: needs };
  const longer = `set windowMs to at least ${grouped(needs)}`;
  const mend = most === null ? longer : `${longer}, or ${option} to at most ${grouped(most)}`;
  const common = { severity: "warning", mend, by: "proof", path } as const;
  if (cycleMs >= lastsMs) {
    return {
      ...common,
      code: "window-shorter-than-cycle",
      message: `${kind}: a window of ${grouped(windowMs)} ms is no longer than one restart takes with its delay, ${grouped(cycleMs)} ms, so that the ${option} of ${grouped(value)} is never reached`,
      numbers: known,
    };
  }
  return {
    ...common,
    code: "limit-unreachable",
    message: `${kind}: with a ${option} of ${grouped(value)}, the request to be refused comes ${grouped(neededMs)} ms after the first that counts, because of the delays, but the window is ${grouped(windowMs)} ms`,
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

/** The score of failures that are at least one delay apart stays below the sum of a geometric series. */
function neverTrips({ description, path, roundedMs }: Place, pace: Pace): Finding | null {
  const { options } = description;
  const threshold = number(options.threshold);
  const halfLifeMs = number(options.halfLifeMs);
  const gapMs = Math.ceil(pace.delayMs(1)) - roundedMs;
  // A threshold that no score can exceed is how the guard is turned off.
  if (gapMs <= 0 || threshold >= Number.MAX_SAFE_INTEGER) return null;
  const fades = halfLifeMs === 0 ? 0 : 0.5 ** (gapMs / halfLifeMs);
  const highest = 1 / (1 - fades);
  if (highest > threshold) return null;
  return {
    code: "limit-unreachable",
    severity: "warning",
    message: `decayingBudget: failures ${grouped(gapMs)} ms apart, as the delays make them, never score more than ${highest.toFixed(3)}, and the threshold is ${threshold}`,
    numbers: { threshold, halfLifeMs, cycleMs: gapMs, highestScore: highest },
    mend: `set threshold below ${highest.toFixed(3)}, or halfLifeMs to more than ${halfLifeThatTrips(threshold, gapMs)}`,
    by: "proof",
    path,
  };
}

/** `1 / (1 - 0.5^(gap / h))` is the threshold at this half-life. */
function halfLifeThatTrips(threshold: number, gapMs: number): string {
  const halfLifeMs = -gapMs / Math.log2(1 - 1 / threshold);
  return grouped(Math.ceil(halfLifeMs));
}

/** The same finding if a child that crashes at once, with the luckiest draws, was never refused. */
export function ifSeen(
  finding: Finding,
  policy: RestartPolicy,
  rules: SupervisionRules,
): Finding | null {
  const { limit, retries, threshold } = finding.numbers;
  const maxLaunches = Math.min(2 * (limit ?? retries ?? threshold ?? 0) + 100, MOST_LAUNCHES);
  const world = { uptimeMs: 0, maxLaunches, forMs: Number.MAX_SAFE_INTEGER };
  const { end, refusals } = simulate(withDraw(policy, 0), world, rules);
  const seen = end === "max-launches" && refusals.length === 0;
  return seen ? { ...finding, by: "simulation" } : null;
}
