import type { Timers } from "../system.js";

const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls `then` after so many milliseconds by the timers' word alone, whatever the clock says: a
 * child's life goes on while somebody sets the clock. Infinity is never. Returns what cancels it.
 */
export function after(timers: Timers, ms: number, then: () => void): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => {};
  let left = ms;
  let timer: unknown;
  const wait = (): void => {
    const step = Math.min(left, LONGEST_TIMER);
    left -= step;
    timer = timers.set(left > 0 ? wait : then, step);
  };
  wait();
  return () => timers.clear(timer);
}
