// How fast a child that fails each time can be launched, at best: it lives for 0 ms, and every draw is
// the luckiest. Where a long life makes the delays begin again, the child may choose to have one.

import type { PolicyDescription } from "@steadfast/policy";
import { longestDelay, number, shortestDelay } from "./curves.js";

/** Beyond so many restarts in a row the delay is taken not to grow any more: a lower bound. */
const MOST = 10_000;

/**
 * The shortest time that so many restarts take, from the first failure on.
 *
 * @param delayMs the shortest delay before the n-th restart in a row; it never falls as n grows.
 * @param freshMs how long a child must live so that the next restart is the first again.
 * @param thenMs what is added after the last restart, by its place in its row; it never falls either.
 */
export function paceOf(
  delayMs: (n: number) => number,
  freshMs: number,
  thenMs: (n: number) => number = () => 0,
): (restarts: number) => number {
  const sums = [0];

  /** The delays before the first n restarts in a row, added up. */
  function sumMs(n: number): number {
    for (let k = sums.length; k <= Math.min(n, MOST); k++) {
      sums.push((sums[k - 1] as number) + Math.ceil(delayMs(k)));
    }
    const counted = sums[Math.min(n, MOST)] as number;
    return counted + Math.max(0, n - MOST) * Math.ceil(delayMs(MOST));
  }

  return (restarts) => {
    // In a single row the last one has a place of its own; in several it may be the first of its row.
    const firstMs = Math.ceil(thenMs(1));
    let least = sumMs(restarts) + Math.ceil(thenMs(restarts + 1));
    for (let lives = 1; lives <= Math.min(restarts, MOST); lives++) {
      if (lives * freshMs + firstMs >= least) break;
      const runs = lives + 1;
      const length = Math.floor(restarts / runs);
      const longer = restarts % runs;
      const sum = longer * sumMs(length + 1) + (runs - longer) * sumMs(length);
      least = Math.min(least, sum + lives * freshMs + firstMs);
    }
    // With more lives than are looked at, it takes at least so many of them, and the first delays.
    const others = MOST * freshMs + restarts * Math.ceil(delayMs(1)) + firstMs;
    return restarts > MOST ? Math.min(least, others) : least;
  };
}

/** How long a child must live so that its backoff begins again; 0 if it may be for nothing. */
export function lifeThatForgives(description: PolicyDescription, healthyAfterMs: number): number {
  const { kind, options, members = [] } = description;
  if (kind === "backoff") {
    const lifeMs = Math.min(healthyAfterMs + 1, number(options.resetAfterMs, Infinity));
    // A delay that runs from the launch is over, or nearly so, after such a life: it costs less.
    return options.from === "launch" ? Math.max(0, lifeMs - longestDelay(description)) : lifeMs;
  }
  const lives = members.map((member) => lifeThatForgives(member, healthyAfterMs));
  return Math.min(healthyAfterMs + 1, ...lives);
}

/** How fast a child that fails each time gets launched under the whole policy, at best. */
export interface Pace {
  /** The shortest delay before the n-th restart in a row. */
  readonly delayMs: (n: number) => number;
  /** How long a child must live so that its delays begin again. */
  readonly freshMs: number;
}

export function paceUnder(policy: PolicyDescription, healthyAfterMs: number): Pace {
  return {
    delayMs: (n) => shortestDelay(policy, n),
    freshMs: lifeThatForgives(policy, healthyAfterMs),
  };
}
