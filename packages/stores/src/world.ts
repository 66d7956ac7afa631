// Time, chance and timers of this machine: for patience only, never for what the policy decides.

import type { Millis } from "@steadfast/policy";

/**
 * The clock, timers and chance by which a shared policy waits for its store; tests replace them. What the policy
 * decides goes by the store's clock.
 * @since 0.1.0
 */
export interface StoreWorld {
  /**
   * Milliseconds that never go back: the time of a local policy (`onUnreachable`), and what tells how long an answer of the
   * store is ago.
   */
  readonly clock: () => number;
  /** A uniform random number in [0, 1). */
  readonly random: () => number;
  /** One-shot timers: `set` returns what `clear` takes. */
  readonly timers: {
    set(callback: () => void, delayMs: Millis): unknown;
    clear(timer: unknown): void;
  };
}

export const realWorld: StoreWorld = {
  clock: () => performance.now(),
  random: () => Math.random(),
  timers: {
    set: (callback, delayMs) => setTimeout(callback, delayMs),
    clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  },
};
