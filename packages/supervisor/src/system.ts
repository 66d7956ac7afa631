// Time, chance and timers, as one object that a test can replace.

import { PolicyOptionsError } from "@steadfast/policy";
import { hasMethods, isFunction } from "./has-methods.js";

/**
 * Where a supervisor gets its time, its chance and its wake-ups.
 * @since 0.1.0
 */
export interface System {
  /** Milliseconds since the epoch that never jump: the wall time at start plus what has passed since. */
  readonly clock: () => number;
  /** The wall clock in epoch milliseconds, for calendars only. Default: `clock`. */
  readonly wall?: () => number;
  /** What wakes it up. */
  readonly timers: Timers;
  /** A uniform random number in [0, 1). */
  readonly random: () => number;
}

/**
 * One-shot timers. `delayMs` is whole, from 0 to 2^31-1.
 * @since 0.1.0
 */
export interface Timers {
  /** Calls back once, after so long, never at once. Returns what `clear` takes. */
  set(callback: () => void, delayMs: number): unknown;
  /** Takes what `set` returned; harmless after the timer has rung. */
  clear(timer: unknown): void;
}

/** Throws `PolicyOptionsError` for what is no system. What it answers is checked when it does. */
export function checkSystem(system: System): void {
  const isOne =
    hasMethods("clock", "random")(system) &&
    hasMethods("set", "clear")(system.timers) &&
    (system.wall === undefined || isFunction(system.wall));
  if (isOne) return;
  const allowed = "an object with clock(), random() and timers { set(), clear() }";
  throw new PolicyOptionsError("supervise", "system", allowed, system);
}

const startedAt = /* @__PURE__ */ Date.now() - /* @__PURE__ */ performance.now();

/**
 * The real system. All supervisors that are not given another one share it, and its one timer.
 * @since 0.1.0
 */
export const realSystem: System = {
  clock: () => startedAt + performance.now(),
  wall: () => Date.now(),
  timers: {
    set: (callback, delayMs) => setTimeout(callback, delayMs),
    clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  },
  random: () => Math.random(),
};
