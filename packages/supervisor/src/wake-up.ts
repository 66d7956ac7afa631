import type { Millis } from "@steadfast/policy";
import type { Alarm } from "./alarm.js";

/** The one entry that a supervisor has in the shared alarm: moved, not multiplied. */
export class WakeUp {
  readonly #alarm: Alarm;
  readonly #ring: () => void;
  #at: Millis | null = null;
  #cancel: () => void = () => {};

  constructor(alarm: Alarm, ring: () => void) {
    this.#alarm = alarm;
    this.#ring = ring;
  }

  /** Rings at `at` or later; null for never. Setting the instant that is set already does nothing. */
  set(at: Millis | null): void {
    if (at === this.#at) return;
    this.#cancel();
    this.#at = at;
    if (at === null) return;
    this.#cancel = this.#alarm.set(at, () => {
      this.#at = null;
      this.#ring();
    });
  }
}
