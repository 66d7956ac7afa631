// One alarm clock per system: a heap of instants and at most one timer, however many supervisors
// share it.
//
// A timer that rings says nothing about the time: the clock is asked, and what is not due yet is armed
// again. Timers are never longer than 2^31-1 ms, so a wait of years is a chain of timers.

import { type Millis, steadyClock } from "@steadfast/policy";
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

/** The shared alarm of one system, and its steady clock. */
export class Alarm {
  /** The system's time: whole milliseconds, never going back. */
  readonly now: () => Millis;
  readonly #system: System;
  readonly #entries = new Heap<Entry>((one, other) => one.at - other.at);
  #cancelled = 0;
  #timer: { readonly handle: unknown; readonly at: Millis } | null = null;

  constructor(system: System) {
    this.#system = system;
    this.now = steadyClock(system.clock);
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
    while (this.#entries.peek()?.status === "cancelled") this.#take();
    const first = this.#entries.peek();
    if (first && this.#timer?.at === first.at) return;
    if (this.#timer) this.#system.timers.clear(this.#timer.handle);
    this.#timer = null;
    if (!first) return;
    const delayMs = Math.min(Math.max(0, first.at - this.now()), LONGEST_TIMER);
    this.#timer = { handle: this.#system.timers.set(() => this.#ring(), delayMs), at: first.at };
  }

  #ring(): void {
    this.#timer = null;
    const now = this.now();
    const due: Entry[] = [];
    for (let entry = this.#entries.peek(); entry && entry.at <= now; entry = this.#entries.peek()) {
      const taken = this.#take();
      if (taken) due.push(taken);
    }
    for (const entry of due) entry.ring();
    this.#arm();
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
