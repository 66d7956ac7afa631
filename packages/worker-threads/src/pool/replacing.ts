// When the thread of a slot is replaced: planned, one at a time, or since it does not let go of what was withdrawn.

import type { Millis } from "@steadfast/policy";
import type { DispatchRules, Job, Replace, ReplaceReason } from "./dispatch-types.js";
import type { Slot } from "./slot.js";

/** How often a heap is measured at the most. */
export const MEASURE_MS = 1_000;

type Rules = Pick<DispatchRules, "uses" | "heapBytes" | "abortGraceMs">;

export class Replacing<One extends Job> {
  constructor(
    private readonly slots: readonly Slot<One>[],
    private readonly rules: Rules,
  ) {}

  /** Its thread is done with one more. Whether its heap is to be measured. */
  used(slot: Slot<One>, now: Millis): boolean {
    const { uses, heapBytes } = this.rules;
    slot.uses += 1;
    if (uses !== null && slot.uses >= uses) slot.due ??= "uses";
    if (heapBytes === null || slot.due || slot.state !== "up") return false;
    if (slot.measuredAt !== null && now - slot.measuredAt < MEASURE_MS) return false;
    slot.measuredAt = now;
    return true;
  }

  measured(slot: Slot<One>, generation: number, bytes: number): void {
    const { heapBytes } = this.rules;
    if (heapBytes === null || slot.generation !== generation || bytes <= heapBytes) return;
    if (slot.state !== "over") slot.due ??= "heap";
  }

  /** Its thread has to be done with it in time. */
  withdrawn(job: One, slot: Slot<One>, now: Millis): void {
    const until = now + this.rules.abortGraceMs;
    job.until = until < Infinity ? until : null;
    slot.look();
  }

  /** Those who did not let go in time. */
  late(now: Millis): readonly Replace[] {
    const late = this.slots.filter(({ until, isReplaced }) => isLate(until, isReplaced, now));
    return late.map((slot) => replace(slot, "withdrawn"));
  }

  /** When the next is late; null for never. */
  deadline(): Millis | null {
    let first: Millis | null = null;
    for (const { until, isReplaced } of this.slots) {
      if (until !== null && isReplaced === null) first = Math.min(first ?? Infinity, until);
    }
    return first;
  }

  /** The one that retires, or else the next that is due: the order for it, if it has nothing left. */
  next(): Replace | null {
    const slot = this.#retiring() ?? this.#nextDue();
    if (!slot?.due) return null;
    slot.isRetiring = true;
    return slot.has.size === 0 ? replace(slot, slot.due) : null;
  }

  #retiring(): Slot<One> | undefined {
    return this.slots.find(
      ({ isRetiring, isReplaced, state }) => isRetiring && isReplaced === null && state === "up",
    );
  }

  /** Nobody while another one is away. */
  #nextDue(): Slot<One> | undefined {
    if (this.slots.some(({ isAway, state }) => isAway && state !== "over")) return undefined;
    return this.slots.find(({ due, state }) => due !== null && state === "up");
  }
}

const isLate = (until: Millis | null, isReplaced: ReplaceReason | null, now: Millis): boolean =>
  until !== null && until <= now && isReplaced === null;

function replace(slot: Slot<Job>, why: ReplaceReason): Replace {
  slot.isReplaced = why;
  return { type: "replace", slot: slot.number, generation: slot.generation, why };
}
