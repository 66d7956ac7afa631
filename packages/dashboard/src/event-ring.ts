// The newest events, numbered from 1, in a ring of fixed size. A reader that was away asks for what came after the
// number that it saw last.

import type { Told } from "./wire.js";

export class EventRing {
  readonly #slots: Told[] = [];
  #last = 0;

  constructor(private readonly capacity: number) {}

  /** The number of the newest event; 0 for none. */
  get last(): number {
    return this.#last;
  }

  /** Keeps an event that is made for its number. */
  push(make: (seq: number) => Told): Told {
    this.#last += 1;
    const told = make(this.#last);
    this.#slots[(this.#last - 1) % this.capacity] = told;
    return told;
  }

  /** Whether every event after that number is still here. */
  has(after: number): boolean {
    return after >= this.#last - this.#slots.length && after <= this.#last;
  }

  /** The events after that number, at most the newest `most`, oldest first. */
  since(after: number, most = this.capacity): Told[] {
    const first = Math.max(after, this.#last - this.#slots.length, this.#last - most) + 1;
    const events: Told[] = [];
    for (let seq = first; seq <= this.#last; seq++) {
      events.push(this.#slots[(seq - 1) % this.capacity] as Told);
    }
    return events;
  }
}
