// The events of a slot, and when they come: plain JSON, so that a failure can be kept. Playing them on a slot
// says what each event did.

import type {
  ChildSlot,
  ChildSlotOptions,
  SlotCommand,
  SlotEvent,
  SlotRecord,
  SlotState,
} from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";

/** A story. */
export interface SlotTrace {
  /** What the slot is made with, where it is made. */
  readonly options?: ChildSlotOptions;
  readonly told: readonly Told[];
}

/** One event, and its instant. */
export interface Told {
  readonly at: Millis;
  readonly event: SlotEvent;
}

/** One event, and what came of it. */
export interface Taken {
  readonly before: SlotState;
  readonly event: SlotEvent;
  readonly now: Millis;
  readonly after: SlotState;
  /** Null: the event was turned away. */
  readonly commands: readonly SlotCommand[] | null;
  /** What it was turned away with. */
  readonly thrown: unknown;
}

/** Tells a slot everything, from an empty one on or from where it was left. */
export function play(
  slot: ChildSlot,
  told: readonly Told[],
  from: SlotState = slot.initial(),
): readonly Taken[] {
  let state = from;
  return told.map(({ at, event }) => {
    const taken = take(slot, state, event, at);
    state = taken.after;
    return taken;
  });
}

/** One step. Whatever is thrown, the slot goes on from where it was. */
export function take(slot: ChildSlot, before: SlotState, event: SlotEvent, now: Millis): Taken {
  try {
    const [after, commands] = slot.step(before, event, now);
    return { before, event, now, after, commands, thrown: null };
  } catch (thrown) {
    return { before, event, now, after: before, commands: null, thrown };
  }
}

const records = new WeakMap<Taken, SlotRecord>();

/** The record after a step, at its instant: asked for once, however many laws look at it. */
export function recordOf(slot: ChildSlot, taken: Taken): SlotRecord {
  const record = records.get(taken) ?? slot.toRecord(taken.after, taken.now);
  records.set(taken, record);
  return record;
}
