// The clock of a host goes on while the machine is suspended or does not, as the system likes: on Linux
// `performance.now()` stands still. `os.uptime()` counts the time since the boot, suspend included, but only
// in steps of 10 ms or a second. The two together: the monotonic clock, plus what the uptime is ahead of it
// by more than any step of its own.
//
// - The difference is taken since the beginning, so that what a step is wrong by does not add up.
// - The clock is read before the first uptime and after each later one: a host that is interrupted in
//   between never takes its own lateness for a suspend.
// - What was added stays: the clock never goes back.

import { uptime as machineUptime } from "node:os";
import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import { hasMethods, isFunction } from "../has-methods.js";
import { realSystem, type System, type Timers } from "../system.js";

/** The largest step of an uptime. */
const LONGEST_STEP_MS = 1_000;
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * What a suspend-aware system is made of. Tests replace it.
 * @since 0.1.0
 */
export interface SuspendAwareOptions {
  /** Seconds since the boot, suspend included. Default: `os.uptime`. */
  readonly uptime?: () => number;
  /**
   * How often a wait looks at the clock. A wait that became due while the machine was suspended is noticed
   * at most this long after it has woken up. Milliseconds from 1 to 2^31-1. Default 10 000.
   */
  readonly lookEveryMs?: number;
  /** The clock, timers and chance that it is made from. Default: `realSystem`. */
  readonly system?: System;
}

/**
 * A system whose clock counts the time for which the machine was suspended: waits, windows, budgets and
 * uptimes go on while a laptop is closed or a virtual machine is paused.
 *
 * Without it, the clock of a supervisor stands still meanwhile on Linux (on Windows and macOS it goes on): ten
 * minutes of backoff are ten minutes of being awake. Units: whole milliseconds since the epoch. Edge: suspends
 * are counted as soon as they make more than a second together; the clock is never ahead of the time since
 * the boot by more than the step of `os.uptime()`, which is 10 ms on Linux. It never
 * goes back, whatever `uptime` does: an answer that is no number, or an error, counts as no answer.
 * No child is judged by a suspend: a deadline that passed meanwhile starts again, once.
 *
 * Make one per host and give it to every `supervise`: each system has an alarm of its own. Effect: while
 * something is waited for, its timer rings at least every `lookEveryMs`. Errors: `PolicyOptionsError` for a
 * bad option, and for an `uptime` whose first answer is no number; what it throws then is rethrown.
 * Source: nodejs/node#47724 (the monotonic clock of Linux does not count suspend).
 *
 * @since 0.1.0
 * @example
 * const system = suspendAwareSystem();
 * Number.isInteger(system.clock()); // => true
 */
export function suspendAwareSystem(options: SuspendAwareOptions = {}): System {
  readArguments("suspendAwareSystem", arguments, 1);
  const { uptime, lookEveryMs, system } = settings(options);
  const clock = suspendAwareClock(system.clock, uptime);
  return {
    clock,
    timers: lookingTimers(clock, system.timers, lookEveryMs),
    random: () => system.random(),
    ...(system.wall ? { wall: () => system.wall?.() ?? clock() } : {}),
    ...(system.keepAlive ? { keepAlive: system.keepAlive.bind(system) } : {}),
  };
}

function settings(options: SuspendAwareOptions): Required<SuspendAwareOptions> {
  const read = readOptions("suspendAwareSystem", options);
  const uptime = read.checked("uptime", "a function", isFunction, machineUptime);
  const range = { min: 1, max: LONGEST_TIMER, default: 10_000 };
  const lookEveryMs = read.whole("lookEveryMs", range);
  const isSystem = hasMethods("clock", "random");
  const system = read.checked<System>("system", "a system", isSystem, realSystem);
  read.end();
  return { uptime, lookEveryMs, system };
}

function suspendAwareClock(clock: () => number, uptime: () => number): () => number {
  let last = clock();
  const from = { clock: last, uptimeMs: uptime() * 1_000 };
  if (!Number.isFinite(from.uptimeMs)) {
    const allowed = "a function that answers seconds";
    throw new PolicyOptionsError("suspendAwareSystem", "uptime", allowed, from.uptimeMs / 1_000);
  }
  let suspendedMs = 0;

  return () => {
    const uptimeMs = answered(uptime) * 1_000;
    const reading = clock();
    if (!Number.isFinite(reading)) return reading; // the supervisor says whose fault it is
    last = Math.max(last, reading);
    const aheadMs = uptimeMs - from.uptimeMs - (last - from.clock);
    if (aheadMs - suspendedMs > LONGEST_STEP_MS) suspendedMs = aheadMs;
    return Math.floor(last + suspendedMs);
  };
}

/** The uptime; not a number where there is none. */
function answered(uptime: () => number): number {
  try {
    const seconds = uptime();
    return Number.isFinite(seconds) ? seconds : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

interface Looking {
  timer: unknown;
}

/** Timers of the machine stand still while it is suspended: none is longer than `lookEveryMs`. */
function lookingTimers(clock: () => number, timers: Timers, lookEveryMs: number): Timers {
  function look(looking: Looking, at: number, leftMs: number, callback: () => void): void {
    looking.timer = timers.set(
      () => {
        const left = at - clock();
        if (left > 0) look(looking, at, left, callback);
        else callback();
      },
      Math.min(leftMs, lookEveryMs),
    );
  }

  return {
    set(callback, delayMs) {
      const looking: Looking = { timer: null };
      look(looking, clock() + delayMs, delayMs, callback);
      return looking;
    },
    clear: (looking) => timers.clear((looking as Looking).timer),
  };
}
