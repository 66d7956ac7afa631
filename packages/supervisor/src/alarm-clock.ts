// One alarm clock per system: a heap of instants and at most one timer, however many supervisions
// share it.
//
// - A timer that rings says nothing about the time: the clock is asked, and what is not due yet is set
//   again. Timers are never longer than 2^31-1 ms, so a wait of years is a chain of timers.
// - What is due at once does not wait for a timer: it has a turn of the event loop of its own (`soon`),
//   where the system has such turns. A timer that stands stays where it is meanwhile.
// - A timer that stands earlier than needed is left alone: it looks again when it rings.
// - The clock may jump (a suspend, a fake clock that a test puts in and takes out). Only steps forward
//   count, and after a step back it counts on from there: a jump costs at most itself.
// - A clock that answers no whole number, or timers that cannot be set, never make anybody wait forever:
//   `fault` says so for good, and from then on a timer that rings is believed (one that cannot be set
//   rings at once).

import type { Millis } from "@steadfast/policy";
import { ContractError } from "./errors.js";
import { heap } from "./heap.js";
import { onePer } from "./one-per.js";
import type { System } from "./system.js";

const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * What is to ring: an object of its owner, which the alarm writes its place into. It is set at most once.
 * @since 0.1.0
 */
export interface AlarmEntry {
  /** The instant at which it rings, written by `move`. */
  at: Millis;
  /** Written by the alarm: which one it was to be set. Begin with 0. */
  turn: number;
  /** Written by the alarm: where it stands, and at least 0 while it is set. Begin with -1. */
  place: number;
  /** Called once, when the clock says `at` or later. It must not throw. */
  ring(): void;
}

/** The one timer: for which instant, and when it is to ring. */
interface ArmedTimer {
  readonly handle: unknown;
  readonly at: Millis;
  readonly ringsAt: Millis;
  /** Which clockwork it was set by: one that is gone rings no more. */
  readonly works: unknown;
}

/** The shared alarm of one system, and its steady clock. */
export class Alarm {
  readonly #system: System;
  readonly #entries = heap<AlarmEntry>();
  readonly #timerRings = () => {
    const rang = this.#timer;
    this.#timer = null;
    this.#rings(rang);
  };
  readonly #turnComes = () => {
    const rang = this.#turn;
    this.#turn = null;
    this.#rings(rang);
  };
  #fault: ContractError | null = null;
  #time: Millis | null = null;
  #lastReading = 0;
  /** The timer, and the turn of the event loop that is awaited: one does not replace the other. */
  #timer: ArmedTimer | null = null;
  #turn: ArmedTimer | null = null;
  #isRinging = false;

  constructor(system: System) {
    this.#system = system;
  }

  /** The first thing the system did against its contract; null while it keeps it. */
  get fault(): ContractError | null {
    return this.#fault;
  }

  /** How many entries are held. */
  get size(): number {
    return this.#entries.size;
  }

  /** The system's time: whole milliseconds, never going back. Never throws: see `fault`. */
  now(): Millis {
    const rule = "clock() must answer milliseconds within 2^53-1";
    try {
      const reading = this.#system.clock();
      const whole = Math.floor(reading) + 0; // never -0, which JSON cannot hold
      if (Number.isSafeInteger(whole)) this.#time = this.#steady(whole);
      else this.#broken(`${rule}, got ${reading}`);
    } catch (error) {
      this.#broken(rule, error);
    }
    return this.#time ?? 0;
  }

  /** Sets an entry, or moves it: it rings once, at `at` or later. Null: never. */
  move(entry: AlarmEntry, at: Millis | null): void {
    if (entry.place >= 0) this.#entries.delete(entry);
    entry.place = OUT;
    if (at !== null) {
      entry.at = at;
      this.#entries.push(entry);
    }
    this.#arm();
  }

  /** Calls `ring` once, when the clock says `at` or later. Returns what cancels it. */
  set(at: Millis, ring: () => void): () => void {
    const entry: AlarmEntry = { at, ring, turn: 0, place: OUT };
    this.move(entry, at);
    return () => this.move(entry, null);
  }

  #broken(message: string, cause?: unknown): void {
    this.#fault ??= new ContractError("system", message, cause);
  }

  /** Adds up the steps forward; at most the largest whole number. */
  #steady(reading: Millis): Millis {
    const step = reading - this.#lastReading;
    this.#lastReading = reading;
    if (this.#time === null) return reading;
    return step > 0 ? Math.min(this.#time + step, Number.MAX_SAFE_INTEGER) : this.#time;
  }

  /** Makes sure that it wakes up at the first entry or before, or that nothing wakes it. */
  #arm(): void {
    if (this.#isRinging) return;
    const at = this.#entries.peek()?.at;
    const works = this.#system.timers.works?.();
    this.#timer = this.#kept(this.#timer, at, works);
    this.#turn = this.#kept(this.#turn, at, works);
    if (at === undefined || this.#turn || (this.#timer && this.#timer.at <= at)) return;
    const since = this.now();
    const delayMs = Math.min(Math.max(0, at - since), LONGEST_TIMER);
    const armed = { at, ringsAt: since + delayMs, works };
    const { timers } = this.#system;
    if (delayMs === 0 && timers.soon) {
      const handle = this.#set(this.#turnComes, (ring) => timers.soon?.(ring));
      this.#turn = { ...armed, handle };
      return;
    }
    if (this.#timer) this.#clear(this.#timer);
    const handle = this.#set(this.#timerRings, (ring) => timers.set(ring, delayMs));
    this.#timer = { ...armed, handle };
  }

  /** Null for one that is needed no more, or that never rings since its clockwork is gone. */
  #kept(armed: ArmedTimer | null, at: Millis | undefined, works: unknown): ArmedTimer | null {
    if (!armed || (at !== undefined && armed.works === works)) return armed;
    this.#clear(armed);
    return null;
  }

  #set(ring: () => void, set: (ring: () => void) => unknown): unknown {
    try {
      return set(ring);
    } catch (error) {
      this.#broken("timers.set() threw", error);
      queueMicrotask(ring);
      return undefined;
    }
  }

  #clear({ handle }: ArmedTimer): void {
    try {
      this.#system.timers.clear(handle);
    } catch (error) {
      this.#broken("timers.clear() threw", error);
    }
  }

  #rings(rang: ArmedTimer | null): void {
    let then = this.now();
    if (this.#fault && rang) then = this.#time = Math.max(then, rang.ringsAt);
    const due = this.#due(then);
    this.#isRinging = true;
    for (const entry of due) {
      // One that rang before it may have moved it, or cancelled it.
      if (entry.place !== DUE) continue;
      entry.place = OUT;
      entry.ring();
    }
    this.#isRinging = false;
    this.#arm();
  }

  /** Takes out what is due. */
  #due(then: Millis): readonly AlarmEntry[] {
    const due: AlarmEntry[] = [];
    const entries = this.#entries;
    for (let entry = entries.peek(); entry && entry.at <= then; entry = entries.peek()) {
      entries.delete(entry);
      entry.place = DUE;
      due.push(entry);
    }
    return due;
  }
}

/** Not in the heap; about to ring. */
export const OUT = -1;
const DUE = -2;

/** The alarm of a system, made when it is first asked for. */
export const alarmOf = /* @__PURE__ */ onePer((system: System) => new Alarm(system));
