// Time, chance and timers, as one object that a test can replace.

import { PolicyOptionsError } from "@steadfast/policy";
import { hasMethods, isFunction } from "./has-methods.js";
import { keepAlive } from "./keep-alive.js";
import { soon } from "./soon.js";

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
  /**
   * Keeps the process alive until what it returned is called: while something is paused or held, and has neither a child nor
   * a timer that would. Default: nothing does.
   */
  readonly keepAlive?: () => () => void;
}

/**
 * One-shot timers. `delayMs` is whole, from 0 to 2^31-1.
 * @since 0.1.0
 */
export interface Timers {
  /** Calls back once, after so long, never at once. Returns what `clear` takes. */
  set(callback: () => void, delayMs: number): unknown;
  /** Takes what `set` or `soon` returned; harmless after the timer has rung. */
  clear(timer: unknown): void;
  /**
   * Calls back once, in a later turn of the event loop, without a timer: for what is due at once.
   * Returns what `clear` takes. Default: `set` with a delay of 0.
   */
  soon?(callback: () => void): unknown;
  /**
   * What the timers are made by. When that changes (a test replaces the global timers), those that were
   * set before are set again. Default: it never changes.
   */
  works?(): unknown;
}

/**
 * Checks that what a user gave is a system. `owner` is whose name stands in the error.
 *
 * What it answers is checked when it does: see `fault` of the alarm. Effect: none, nothing is called.
 * Errors: `PolicyOptionsError` for anything without `clock`, `random` and `timers`.
 *
 * @since 0.1.0
 * @example
 * checkSystem(manualSystem(), "mine"); // => undefined
 */
export function checkSystem(system: System, owner = "supervise"): void {
  const isOne =
    hasMethods("clock", "random")(system) &&
    hasMethods("set", "clear")(system.timers) &&
    (system.wall === undefined || isFunction(system.wall)) &&
    (system.keepAlive === undefined || isFunction(system.keepAlive));
  if (isOne) return;
  const allowed = "an object with clock(), random() and timers { set(), clear() }";
  throw new PolicyOptionsError(owner, "system", allowed, system);
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
    clear: (timer) => {
      if (typeof timer === "function") timer();
      else clearTimeout(timer as ReturnType<typeof setTimeout>);
    },
    soon,
    works: () => setTimeout,
  },
  random: () => Math.random(),
  keepAlive,
};
