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
import { Heap } from "./heap.js";
import type { System } from "./system.js";

const LONGEST_TIMER = 2 ** 31 - 1;

/** An entry that was set: when, and what then. */
interface Entry {
  readonly at: Millis;
  ring: () => void;
  /** `set`: in the heap. `cancelled`: still in the heap, to be skipped. `gone`: no longer in it. */
  status: "set" | "cancelled" | "gone";
}

/** The one timer: for which entry, and when it is to ring. */
interface ArmedTimer {
  readonly handle: unknown;
  readonly at: Millis;
  readonly ringsAt: Millis;
}

/** The shared alarm of one system, and its steady clock. */
export class Alarm {
  /** The first thing the system did against its contract; null while it keeps it. */
  fault: ContractError | null = null;
  readonly #system: System;
  readonly #entries = new Heap<Entry>((one, other) => one.at - other.at);
  #last: Millis | null = null;
  #cancelled = 0;
  #timer: ArmedTimer | null = null;
  #ringing = false;

  constructor(system: System) {
    this.#system = system;
  }

  /** Entries held, those included that were cancelled and not yet forgotten. */
  get size(): number {
    return this.#entries.size;
  }

  /** The system's time: whole milliseconds, never going back. Never throws: see `fault`. */
  now(): Millis {
    const reading = this.#read();
    if (reading !== null) this.#last = Math.max(this.#last ?? reading, reading);
    return this.#last ?? 0;
  }

  /** Calls `ring` once, when the clock says `at` or later. Returns what cancels it. */
  set(at: Millis, ring: () => void): () => void {
    const entry: Entry = { at, ring, status: "set" };
    this.#entries.push(entry);
    this.#arm();
    return () => this.#cancel(entry);
  }

  #cancel(entry: Entry): void {
    if (entry.status === "gone") entry.ring = () => {};
    if (entry.status !== "set") return;
    entry.status = "cancelled";
    this.#cancelled++;
    if (this.#cancelled * 2 > this.#entries.size) {
      this.#entries.keep((one) => one.status === "set");
      this.#cancelled = 0;
    }
    this.#arm();
  }

  /** Takes the first entry out; undefined if it had been cancelled. */
  #take(): Entry | undefined {
    const entry = this.#entries.pop();
    if (!entry) return undefined;
    const wasSet = entry.status === "set";
    entry.status = "gone";
    if (!wasSet) this.#cancelled--;
    return wasSet ? entry : undefined;
  }

  /** Sees to it that the one timer stands at the first entry, or that there is none. */
  #arm(): void {
    if (this.#ringing) return;
    while (this.#entries.peek()?.status === "cancelled") this.#take();
    const first = this.#entries.peek();
    if (first && this.#timer?.at === first.at) return;
    if (this.#timer) this.#clear(this.#timer);
    this.#timer = first ? this.#start(first.at) : null;
  }

  #start(at: Millis): ArmedTimer {
    const now = this.now();
    const delayMs = Math.min(Math.max(0, at - now), LONGEST_TIMER);
    const timer = { at, ringsAt: now + delayMs };
    try {
      return { ...timer, handle: this.#system.timers.set(() => this.#ring(), delayMs) };
    } catch (error) {
      this.#broken("timers.set() threw", error);
      queueMicrotask(() => this.#ring());
      return { ...timer, handle: undefined };
    }
  }

  #clear({ handle }: ArmedTimer): void {
    try {
      this.#system.timers.clear(handle);
    } catch (error) {
      this.#broken("timers.clear() threw", error);
    }
  }

  #ring(): void {
    const ringsAt = this.#timer?.ringsAt;
    this.#timer = null;
    let now = this.now();
    if (this.fault && ringsAt !== undefined) now = this.#last = Math.max(now, ringsAt);
    const due: Entry[] = [];
    for (let entry = this.#entries.peek(); entry && entry.at <= now; entry = this.#entries.peek()) {
      const taken = this.#take();
      if (taken) due.push(taken);
    }
    this.#ringing = true;
    for (const entry of due) entry.ring();
    this.#ringing = false;
    this.#arm();
  }

  #read(): Millis | null {
    const rule = "clock() must answer milliseconds within 2^53-1";
    try {
      const reading = this.#system.clock();
      const whole = Math.floor(reading) + 0; // never -0, which JSON cannot hold
      return Number.isSafeInteger(whole) ? whole : this.#broken(`${rule}, got ${reading}`);
    } catch (error) {
      return this.#broken(rule, error);
    }
  }

  #broken(message: string, cause?: unknown): null {
    this.fault ??= new ContractError("system", message, cause);
    return null;
  }
}

const alarms = /* @__PURE__ */ new WeakMap<System, Alarm>();

/** The alarm of a system, made when it is first asked for. */
export function alarmOf(system: System): Alarm {
  let alarm = alarms.get(system);
  if (!alarm) {
    alarm = new Alarm(system);
    alarms.set(system, alarm);
  }
  return alarm;
}
