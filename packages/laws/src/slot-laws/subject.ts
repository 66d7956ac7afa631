// What is checked: one slot with the options it was made with, or a factory, which is tried with many.

import type { ChildSlot, ChildSlotOptions } from "@steadfast/child-slot";
import { PolicyOptionsError } from "@steadfast/policy";
import type { Arbitrary } from "fast-check";
import { pooled } from "../kernel/pooled.js";
import { type StoryOptions, slotTraces } from "./slot-script.js";
import { play, type SlotTrace, type Taken } from "./slot-trace.js";

/**
 * Makes a slot of given options, as `childSlot` does.
 * @since 0.1.0
 */
export type MakeSlot = (options: ChildSlotOptions) => ChildSlot;

/** A slot, or what makes slots. */
export interface SlotSubject {
  readonly name: string;
  /** The slot that a trace is about: of the options given, or the one that there is. */
  slotOf(options?: ChildSlotOptions): ChildSlot;
  /** Whether it takes options. */
  readonly isMade: boolean;
  /** Stories of one kind: every law that asks for them draws the same ones. */
  stories(options: StoryOptions): Arbitrary<SlotTrace>;
  /** What came of a story on its slot; it is played once. */
  played(trace: SlotTrace): Story;
}

export interface Story {
  readonly slot: ChildSlot;
  readonly taken: readonly Taken[];
}

export function slotSubject(
  owner: string,
  subject: ChildSlot | MakeSlot,
  name?: string,
): SlotSubject {
  const isMade = typeof subject === "function";
  if (!isMade && typeof subject?.toRecord !== "function") {
    const allowed = "a slot, or a function that makes slots of options";
    throw new PolicyOptionsError(owner, "slot", allowed, subject);
  }
  const slotOf = isMade
    ? (options: ChildSlotOptions = { id: "worker" }) => subject(options)
    : () => subject;
  const kinds = new Map<StoryOptions, Arbitrary<SlotTrace>>();
  const plays = new WeakMap<SlotTrace["told"], Story>();

  return {
    name: name ?? (subject.name || "slot"),
    slotOf,
    isMade,
    stories(options) {
      const stories = kinds.get(options) ?? pooled(slotTraces(slotOf, isMade, options));
      kinds.set(options, stories);
      return stories;
    },
    played({ options, told }) {
      const known = plays.get(told);
      if (known) return known;
      const slot = slotOf(options);
      const story = { slot, taken: play(slot, told) };
      plays.set(told, story);
      return story;
    },
  };
}
