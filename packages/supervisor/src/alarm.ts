// What a package needs that waits, too, and is to share the one timer and the one abort listener of all
// supervisions: `retry` of promise-tasks is built on it.

import type { Millis } from "@steadfast/policy";
import { type AlarmEntry, alarmOf as alarmClockOf } from "./alarm-clock.js";
import type { ContractError } from "./errors.js";
import type { System } from "./system.js";

export { type AbortListener, joinAbort, leaveAbort } from "./abort-hub.js";
export type { AlarmEntry } from "./alarm-clock.js";
export { type AsyncContext, captureContext, inContext } from "./async-context.js";
export { ContractError, type ContractParty } from "./errors.js";
export { isAbortSignal } from "./has-methods.js";
export { checkSystem, realSystem, type System, type Timers } from "./system.js";

/**
 * The alarm of a system: a heap of instants and at most one timer, shared by everything that waits there.
 * @since 0.1.0
 */
export interface Alarm {
  /** The first thing that the system did against its contract; null while it keeps it. */
  readonly fault: ContractError | null;
  /** How many entries are set. */
  readonly size: number;
  /** The system's time: whole milliseconds that never go back. Never throws: see `fault`. */
  now(): Millis;
  /**
   * Sets an entry, or moves it: it rings once, when the clock says `at` or later, always in a later turn
   * of the event loop. Null takes it out.
   */
  move(entry: AlarmEntry, at: Millis | null): void;
}

/**
 * The alarm of a system, made when it is first asked for: the same one for everybody who asks.
 *
 * Effect: none until an entry is set. Never throws.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * let rang = 0;
 * const entry = {
 *   at: 0,
 *   turn: 0,
 *   place: -1,
 *   ring() {
 *     rang = system.now;
 *   },
 * };
 * alarmOf(system).move(entry, 250);
 * await system.advance(1_000);
 * rang; // => 250
 */
export const alarmOf: (system: System) => Alarm = alarmClockOf;
