// How a law about slots is written: a story is played on the slot, and the law looks at what came of it.

import type { ChildSlot, ChildSlotOptions } from "@steadfast/child-slot";
import fc, { type Arbitrary } from "fast-check";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { shorterList } from "../kernel/shorten.js";
import { showTrace } from "./show-trace.js";
import type { StoryOptions } from "./slot-script.js";
import type { SlotTrace, Taken } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

/** A story that was played. */
export interface Played<Extra> {
  readonly slot: ChildSlot;
  readonly taken: readonly Taken[];
  readonly trace: SlotTrace & Extra;
  /** A slot of other options, or the same one where none are taken. */
  slotOf(options?: ChildSlotOptions): ChildSlot;
}

export interface SlotLawParts<Extra> {
  readonly name: string;
  readonly says: string;
  /** What must come up often enough. */
  readonly cases: readonly string[];
  readonly story?: StoryOptions;
  /** Of the stories this share is enough, where each costs more. Default 1. */
  readonly runsShare?: number;
  /** What the law wants to know besides the story: plain JSON. */
  readonly extra?: Arbitrary<Extra>;
  /** Why it cannot be tried on this subject, or null. */
  readonly unfit?: (subject: SlotSubject) => string | null;
  /** Throws where the law is broken. */
  readonly check: (played: Played<Extra>, reached: Reached) => void;
}

const nothing: Arbitrary<unknown> = fc.constant({});
/** Stories in which the clock may go back. */
export const BACKWARDS: StoryOptions = { mayGoBack: true };
/** Stories in which an operator orders something while a restart waits. */
export const ORDERED: StoryOptions = {
  detours: (
    ["stop", "kill", "halt", "force", "pause", "quarantine", "remove", "tick"] as const
  ).map((type) => ({ type })),
};
/** The usual stories: one object, so that all laws draw the same. */
const USUAL: StoryOptions = {};

function* shorterStory<Trace extends SlotTrace>(trace: Trace): Generator<Trace> {
  for (const told of shorterList(trace.told, { least: 1 })) yield { ...trace, told };
}

export function slotLaw<Extra extends object>(parts: SlotLawParts<Extra>): Law<SlotSubject> {
  const { name, says, cases, story = USUAL, runsShare = 1, unfit, check } = parts;
  const extra = (parts.extra ?? nothing) as Arbitrary<Extra>;
  return {
    name,
    says,
    trial(subject) {
      const reason = unfit?.(subject) ?? null;
      if (reason !== null) return reason;
      const inputs = fc
        .tuple(subject.stories(story), extra)
        .map(([trace, more]) => ({ ...trace, ...more }));
      return trial<SlotTrace & Extra>({
        inputs,
        cases,
        runsShare,
        shorter: shorterStory,
        holds(trace, reached) {
          const { slot, taken } = subject.played(trace);
          check({ slot, taken, trace, slotOf: subject.slotOf }, reached);
        },
        show: (trace) => showTrace(subject.slotOf(trace.options), trace),
      });
    },
  };
}
