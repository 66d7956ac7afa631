// The shortest delay before the n-th restart in a row of a child that fails each time, and the longest
// delay of all, read off descriptions. Both are right for the kinds of this repository. Of another kind
// nothing is known: the shortest is 0, the longest its `capMs` if it has one, else 0. What wraps a single
// member is taken to delay as that does; `isProved` of places.ts tells whether that was needed.
//
// The shortest delays never fall as n grows: where a curve falls, what is yet to come is looked at, too.

import type { Json, PolicyDescription } from "@steadfast/policy";

type Options = { readonly [option: string]: Json };

/** The shortest delay before the n-th restart, n from 1. */
export function shortestDelay(description: PolicyDescription, n: number): number {
  const { kind, options, members = [] } = description;
  const [first] = members;
  switch (kind) {
    case "allOf":
      return Math.max(0, ...members.map((member) => shortestDelay(member, n)));
    case "inTurn":
      return members.reduce((sum, member) => Math.ceil(sum) + shortestDelay(member, n), 0);
    case "when":
      return 0; // what it does not match is launched at once
    case "giveUp":
    case "waitOut":
      return first ? shortestDelay(first, n) : 0;
    case "coarse":
      return first ? Math.max(0, shortestDelay(first, n) - number(options.unitMs, 1) + 1) : 0;
    case "crashBudget":
      return number(options.retryDelayMs);
    case "backoff":
      return shortestBackoff(options, n);
    default:
      return members.length === 1 && first ? shortestDelay(first, n) : 0;
  }
}

/** The longest delay that can be answered; Infinity where a backoff has no cap. */
export function longestDelay(description: PolicyDescription): number {
  const { kind, members = [], capMs } = description;
  if (kind === "waitOut") return Math.max(...members.map(longestDelay), longestWait(description));
  if (kind === "allOf") return Math.max(0, ...members.map(longestDelay));
  if (kind === "inTurn") return members.reduce((sum, member) => sum + longestDelay(member), 0);
  if (members.length === 1 && members[0]) return longestDelay(members[0]);
  return capMs ?? (kind === "backoff" ? Number.POSITIVE_INFINITY : 0);
}

/** The longest time that anything in it says "not yet" for. */
function longestWait({ windowMs, options, members = [] }: PolicyDescription): number {
  return Math.max(windowMs ?? 0, number(options.pauseMs), ...members.map(longestWait));
}

function shortestBackoff(options: Options, n: number): number {
  const place = options.firstRestart === "immediate" ? n - 1 : n;
  if (place === 0) return 0;
  const capMs = number(options.capMs, Number.MAX_VALUE);
  const delayMs = Math.min(shortestOfCurve(options, place), capMs);
  const jitter = options.jitter as string | Options;
  if (jitter === "full") return 0;
  if (jitter === "equal") return delayMs / 2;
  if (typeof jitter === "string") return delayMs;
  if (jitter.kind === "decorrelated") return delayMs;
  if (jitter.kind !== "proportional") return 0;
  const spread = delayMs * number(jitter.low);
  return jitter.capOrder === "last" ? Math.min(spread, capMs) : spread;
}

function shortestOfCurve(options: Options, n: number): number {
  const curve = options.curve as { readonly kind: string; readonly options?: Options } | undefined;
  if (!curve) return grown(options, n);
  const own = curve.options ?? {};
  const initialMs = number(own.initialMs);
  switch (curve.kind) {
    case "constant":
      return number(own.delayMs);
    case "linear":
      return initialMs + (n - 1) * number(own.incrementMs);
    case "exponential":
      if (n > 1 || own.capFirst !== false) return Math.min(grown(own, n), number(own.capMs));
      return Math.min(initialMs, number(own.capMs));
    case "table": {
      const delays = own.delaysMs as readonly number[];
      return Math.min(...delays.slice(Math.min(n, delays.length) - 1));
    }
    case "steps":
      return initialMs; // it never falls below its first step
    default:
      return 0;
  }
}

function grown(options: Options, n: number): number {
  const initialMs = number(options.initialMs);
  return initialMs && Math.min(initialMs * number(options.factor, 1) ** (n - 1), Number.MAX_VALUE);
}

export function number(value: Json | undefined, otherwise = 0): number {
  return typeof value === "number" ? value : otherwise;
}
