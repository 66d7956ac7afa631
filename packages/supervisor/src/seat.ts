// The slot with its state: the only place where it is stepped.

import {
  type ChildSlot,
  type ChildSlotOptions,
  childSlot,
  type SlotCommand,
  type SlotEvent,
  type SlotRecord,
  type SlotState,
} from "@steadfast/child-slot";
import { type Millis, within } from "@steadfast/policy";

export class Seat {
  readonly #slot: ChildSlot;
  #state: SlotState;

  constructor(options: ChildSlotOptions) {
    this.#slot = childSlot(options);
    this.#state = this.#slot.initial();
  }

  /** Takes up a saved state. Throws `PolicyStateError` if it is not one. */
  restore(saved: unknown, now: Millis): void {
    this.#state = within("states.slot", () => this.#slot.parse(saved, now));
  }

  /** A restart would be carried out or queued, not turned down. */
  get takesRestart(): boolean {
    const { phase, open, intent } = this.#state;
    const queued = phase.status === "cancelling" && phase.pending !== null;
    return open && intent === "active" && !queued;
  }

  get state(): SlotState {
    return this.#state;
  }

  /** Nobody is there, and nothing is left that would have to be waited for. */
  get empty(): boolean {
    return this.#state.phase.status === "stopped";
  }

  /** Somebody may move in. */
  get free(): boolean {
    return this.empty && this.#state.open && this.#state.intent === "active";
  }

  /** When time alone changes something, or null. */
  get deadline(): Millis | null {
    return this.#slot.deadline(this.#state);
  }

  /** Steps the slot. What it answers must be carried out, all of it, in order. */
  step(event: SlotEvent, now: Millis): readonly SlotCommand[] {
    const [state, commands] = this.#slot.step(this.#state, event, now);
    this.#state = state;
    return commands;
  }

  /** Lets time do one thing that is due. Null when nothing is. */
  tick(now: Millis): readonly SlotCommand[] | null {
    const before = this.#state;
    const commands = this.step({ type: "tick" }, now);
    return this.#state === before ? null : commands;
  }

  record(now: Millis): SlotRecord {
    return this.#slot.toRecord(this.#state, now);
  }
}
