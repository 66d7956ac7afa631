// Docstrings that lack a part on purpose, each with the reason. One that is not needed is red.

import type { Part } from "./parts.ts";

export interface Exception {
  /** The entry and the name, such as `@steadfast/backoff#backoff`. */
  readonly place: string;
  readonly parts: readonly Part[];
  readonly why: string;
}

export const exceptions: readonly Exception[] = [
  {
    place: "@steadfast/policy#restartPolicy",
    parts: ["source"],
    why: "a form to write policies in, which is ours; where a rule comes from, its author knows",
  },
  {
    place: "@steadfast/child-slot#SlotSettings",
    parts: ["says"],
    why: "not exported: seen through the type of a rule's action; the fields are those of ChildSlotOptions",
  },
];
