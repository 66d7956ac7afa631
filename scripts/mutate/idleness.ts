// Whether a test waits for something that will not happen. No in-memory test waits for anything real: when
// the event loop has had nothing to do for a while, nobody is left who could settle the test's promise.

/** So long without anything to do; a reading is taken each `EVERY_MS`. */
const LONG_MS = 3_000;
export const EVERY_MS = 250;

/** Below this share of its time the loop does nothing but look for idleness. */
const BUSY = 0.05;

/** Counts readings of the event loop: `look` is given the share of time in which it was busy. */
export class Idleness {
  #idleMs = 0;

  /** Whether it has been idle for long. */
  look(utilization: number): boolean {
    this.#idleMs = utilization < BUSY ? this.#idleMs + EVERY_MS : 0;
    return this.#idleMs >= LONG_MS;
  }
}
