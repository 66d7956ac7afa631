import type { System } from "../system.js";
import { drained } from "./drained.js";
import { seededRandom } from "./seeded-random.js";

/** A system whose time moves only when a test says so. */
export interface ManualSystem extends System {
  /** The present instant. */
  readonly now: number;
  /** The timers that are set: what must be empty when everything is over. */
  readonly pendingTimers: number;
  /**
   * Moves the time on, ringing every timer on the way at its own instant, and lets promises settle
   * before, between and after.
   */
  advance(ms: number): Promise<void>;
  /** Moves to the next timer and rings it. False if there is none. */
  next(): Promise<boolean>;
  /** Sets the clock without ringing anything, also back: a clock that jumps, a host that slept. */
  jump(to: number): void;
  /** Rings what is due now, and lets promises settle. */
  settle(): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * Makes a manual clock with manual timers and a seeded random source.
 *
 * @param options `now`: the first instant, default 0. `seed`: of the random source, default 1.
 * @example
 * const system = manualSystem();
 * const handle = supervise(launcher, { policy }, system);
 * await system.advance(30 * 24 * 3_600_000);
 */
export function manualSystem(
  options: { readonly now?: number; readonly seed?: number } = {},
): ManualSystem {
  let now = options.now ?? 0;
  const timers = new Set<Timer>();

  function earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  /** Rings the first timer that is due by `limit`. */
  async function ringBy(limit: number): Promise<boolean> {
    const first = earliest();
    if (!first || first.at > limit) return false;
    now = Math.max(now, first.at);
    timers.delete(first);
    first.callback();
    await drained();
    return true;
  }

  async function ringAllBy(limit: number): Promise<void> {
    await drained();
    while (await ringBy(limit));
  }

  return {
    clock: () => now,
    random: seededRandom(options.seed ?? 1),
    timers: {
      set(callback, delayMs) {
        const timer = { at: now + delayMs, callback };
        timers.add(timer);
        return timer;
      },
      clear: (timer) => {
        timers.delete(timer as Timer);
      },
    },
    get now() {
      return now;
    },
    get pendingTimers() {
      return timers.size;
    },
    async advance(ms) {
      const end = now + ms;
      await ringAllBy(end);
      now = Math.max(now, end);
      await drained();
    },
    async next() {
      await drained();
      return ringBy(Number.POSITIVE_INFINITY);
    },
    jump(to) {
      now = to;
    },
    settle: () => ringAllBy(now),
  };
}
