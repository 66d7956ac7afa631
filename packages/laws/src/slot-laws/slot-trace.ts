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
import { atLine } from "../policy-laws/script-law.js";

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

/** Tells a slot everything, from an empty one on or from where it was left. What crashes comes through. */
export function play(
  slot: ChildSlot,
  told: readonly Told[],
  from: SlotState = slot.initial(),
): readonly Taken[] {
  let state = from;
  return told.map(({ at, event }, i) => {
    let taken: Taken | undefined;
    atLine(i, () => {
      taken = take(slot, state, event, at);
    });
    state = (taken as Taken).after;
    return taken as Taken;
  });
}

/** The same for a table, which is also shown where a step crashes. */
export function playAnyhow(slot: ChildSlot, told: readonly Told[]): readonly Taken[] {
  let state = slot.initial();
  return told.map(({ at, event }) => {
    const taken = tried(slot, state, event, at);
    state = taken.after;
    return taken;
  });
}

/** One step. What turns an event away leaves the slot where it was; a crash comes through. */
export function take(slot: ChildSlot, before: SlotState, event: SlotEvent, now: Millis): Taken {
  const taken = tried(slot, before, event, now);
  if (isCrash(taken.thrown)) throw taken.thrown;
  return taken;
}

/** What the language throws at a mistake in a program, and nobody throws at an event that cannot be. */
const CRASHES = [TypeError, ReferenceError, RangeError, SyntaxError];

const isCrash = (thrown: unknown): boolean =>
  CRASHES.some((type) => thrown instanceof type) && !isIllegal(thrown);

/** Whether an event was turned away as one that cannot be. */
export function isIllegal(thrown: unknown): boolean {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    thrown.code === "ERR_ILLEGAL_TRANSITION"
  );
}

/** One step. Whatever is thrown, the slot goes on from where it was. */
export function tried(slot: ChildSlot, before: SlotState, event: SlotEvent, now: Millis): Taken {
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
