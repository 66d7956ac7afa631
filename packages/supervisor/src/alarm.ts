// One alarm clock per system: a heap of instants and at most one timer, however many supervisors
// share it.
//
// A timer that rings says nothing about the time: the clock is asked, and what is not due yet is armed
// again. Timers are never longer than 2^31-1 ms, so a wait of years is a chain of timers.
//
// A clock that answers no whole number, or timers that cannot be set, never make anybody wait for
// ever: `fault` says so to whoever looks, for good, and from then on a timer that rings is believed
// (one that cannot be set rings at once).

import type { Millis } from "@steadfast/policy";
import { ContractError } from "./errors.js";
import { type HeapEntry, heap } from "./heap.js";
import { onePer } from "./one-per.js";
import type { System } from "./system.js";

const LONGEST_TIMER = 2 ** 31 - 1;

/** The one timer: for which entry, and when it is to ring. */
interface ArmedTimer {
  readonly handle: unknown;
  readonly at: Millis;
  readonly ringsAt: Millis;
}

interface Entry extends HeapEntry {
  ring: () => void;
}

/** The shared alarm of one system, and its steady clock. */
export interface Alarm {
  /** The first thing the system did against its contract; null while it keeps it. */
  readonly fault: ContractError | null;
  /** How many entries are held. */
  readonly size: number;
  /** The system's time: whole milliseconds, never going back. Never throws: see `fault`. */
  now(): Millis;
  /** Calls `ring` once, when the clock says `at` or later. Returns what cancels it. */
  set(at: Millis, ring: () => void): () => void;
}

export function alarm(system: System): Alarm {
  const entries = heap<Entry>();
  let fault: ContractError | null = null;
  let last: Millis | null = null;
  let timer: ArmedTimer | null = null;
  let isRinging = false;

  function broken(message: string, cause?: unknown): void {
    fault ??= new ContractError("system", message, cause);
  }

  function now(): Millis {
    const rule = "clock() must answer milliseconds within 2^53-1";
    try {
      const reading = system.clock();
      const whole = Math.floor(reading) + 0; // never -0, which JSON cannot hold
      if (Number.isSafeInteger(whole)) last = Math.max(last ?? whole, whole);
      else broken(`${rule}, got ${reading}`);
    } catch (error) {
      broken(rule, error);
    }
    return last ?? 0;
  }

  /** Sees to it that the one timer stands at the first entry, or that there is none. */
  function arm(): void {
    const at = entries.peek()?.at;
    if (isRinging || timer?.at === at) return;
    if (timer) clear(timer);
    timer = at === undefined ? null : start(at);
  }

  function start(at: Millis): ArmedTimer {
    const since = now();
    const delayMs = Math.min(Math.max(0, at - since), LONGEST_TIMER);
    let handle: unknown;
    try {
      handle = system.timers.set(ring, delayMs);
    } catch (error) {
      broken("timers.set() threw", error);
      queueMicrotask(ring);
    }
    return { handle, at, ringsAt: since + delayMs };
  }

  function clear({ handle }: ArmedTimer): void {
    try {
      system.timers.clear(handle);
    } catch (error) {
      broken("timers.clear() threw", error);
    }
  }

  function ring(): void {
    const ringsAt = timer?.ringsAt;
    timer = null;
    let then = now();
    if (fault && ringsAt !== undefined) then = last = Math.max(then, ringsAt);
    const due: Entry[] = [];
    for (let entry = entries.peek(); entry && entry.at <= then; entry = entries.peek()) {
      entries.delete(entry);
      due.push(entry);
    }
    isRinging = true;
    for (const entry of due) entry.ring();
    isRinging = false;
    arm();
  }

  return {
    get fault() {
      return fault;
    },
    get size() {
      return entries.size;
    },
    now,
    set(at, ringing) {
      const entry: Entry = { at, ring: ringing, turn: 0, place: 0 };
      entries.push(entry);
      arm();
      return () => {
        entry.ring = () => {}; // it may be about to ring
        entries.delete(entry);
        arm();
      };
    },
  };
}

/** The alarm of a system, made when it is first asked for. */
export const alarmOf = /* @__PURE__ */ onePer(alarm);
