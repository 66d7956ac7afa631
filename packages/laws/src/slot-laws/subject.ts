// What is checked: one slot with the options it was made with, or a factory, which is tried with many.

import type { ChildSlot, ChildSlotOptions } from "@steadfast/child-slot";

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
}

export function slotSubject(subject: ChildSlot | MakeSlot, name?: string): SlotSubject {
  if (typeof subject !== "function") {
    return { name: name ?? subject.name, slotOf: () => subject, isMade: false };
  }
  return {
    name: name ?? (subject.name || "slot"),
    slotOf: (options = { id: "worker" }) => subject(options),
    isMade: true,
  };
}
