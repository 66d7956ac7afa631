// One slot of a pool: the thread that is there, or is not, and what it has to do.

import type { Millis } from "@steadfast/policy";
import type { Job, ReplaceReason } from "./dispatch-types.js";

export class Slot<One extends Job> {
  state: "down" | "up" | "over" = "down";
  generation = -1;
  /** What its thread has, the withdrawn included. */
  readonly has = new Map<number, One>();
  /** How many requests its thread is done with. */
  uses = 0;
  /** Why its thread is to be replaced; null if it is not. */
  due: "uses" | "heap" | null = null;
  /** Its thread gets nothing more, and is replaced when it has nothing left. */
  isRetiring = false;
  /** Its thread was ordered to be replaced, and the next one is not up. */
  isReplaced: ReplaceReason | null = null;
  measuredAt: Millis | null = null;
  /** When its thread is replaced unless it lets go of what was withdrawn; null for never. */
  until: Millis | null = null;

  constructor(readonly number: number) {}

  /** Whether its thread can be given one more. */
  canTake(perThread: number): boolean {
    return this.state === "up" && !this.isAway && this.has.size < perThread;
  }

  /** Whether it is out of use for a replacement. */
  get isAway(): boolean {
    return this.isRetiring || this.isReplaced !== null;
  }

  /** A new thread is up, or the old one again. */
  begin(generation: number): void {
    this.state = "up";
    if (generation === this.generation) return;
    this.generation = generation;
    this.isReplaced = null;
    this.forget();
  }

  /** Its thread is over. That it was to be replaced holds until the next is up. */
  forget(): void {
    this.uses = 0;
    this.due = null;
    this.isRetiring = false;
    this.measuredAt = null;
    this.until = null;
  }

  /** It has let go of one. */
  release(job: One): void {
    this.has.delete(job.id);
    if (this.until !== null) this.look();
  }

  /** Looks when the first of what was withdrawn has to be done. */
  look(): void {
    this.until = null;
    for (const { until } of this.has.values()) {
      if (until !== null) this.until = Math.min(this.until ?? until, until);
    }
  }
}

/** The one that has the fewest of those that can take one more, of several the first; null for none. */
export function leastBusy<One extends Job>(
  slots: readonly Slot<One>[],
  perThread: number,
): Slot<One> | null {
  let best: Slot<One> | null = null;
  for (const slot of slots) {
    if (!slot.canTake(perThread)) continue;
    if (slot.has.size === 0) return slot;
    if (!best || slot.has.size < best.has.size) best = slot;
  }
  return best;
}
