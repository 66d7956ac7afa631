// One child's lifecycle. At most one attempt is alive, every report is fenced by its generation, and a
// stop always ends: a child that does not end when asked is killed, and given up if that has no effect.
// The rules are in `table.ts`; this file finds the one that fits.

import type { Millis, Policy } from "@steadfast/policy";
import type { SlotCommand, SlotEvent } from "./alphabet.js";
import { nextDue } from "./deadlines.js";
import { IllegalTransitionError } from "./errors.js";
import { eventFault } from "./event-fault.js";
import { findRule } from "./find-rule.js";
import { type ChildSlotOptions, slotSettings } from "./options.js";
import { bringAbout } from "./outcome.js";
import { parseSlotState } from "./parse.js";
import { type SlotRecord, slotRecord } from "./record.js";
import { type SlotState, vacant } from "./state.js";

/**
 * A slot: a policy whose decisions are commands, with a deadline and a public record.
 * @since 0.1.0
 */
export interface ChildSlot extends Policy<SlotState, SlotEvent, readonly SlotCommand[]> {
  /**
   * The instant at which a `tick` changes something next, or null if time changes nothing. A tick
   * before it changes nothing. Tick again while the deadline is not later than `now`.
   */
  deadline(state: SlotState): Millis | null;
  /** The slot as one serialisable record, for status pages and audits. Changes nothing. */
  toRecord(state: SlotState, now: Millis): SlotRecord;
}

/**
 * Makes the slot of one child.
 *
 * Decides: what is to be done about the child, as a list of commands tagged with generation and
 * attempt; it performs none. Units: milliseconds, whole. Edges: every limit is included, so at
 * exactly `gracePeriodMs` after the request the child is killed. While `now` is smaller than an
 * instant in the state, nothing that counts from it is due, and an age or uptime is 0.
 * Effect on state: as the table says; the same reference when nothing changed.
 * Errors: `PolicyOptionsError` for a bad option; `IllegalTransitionError` for an event that cannot
 * happen in this state or is wrong in itself (`eventFault`), with nothing changed;
 * `PolicyStateError` from `parse`.
 * Source: rust-tokio-supervisor's `ChildSlot`, its defects fixed (docs/provenance.md).
 *
 * @since 0.1.0
 * @param owner the function whose options they are, for the messages. Default `childSlot`.
 *
 * @example
 * const slot = childSlot({ id: "worker" });
 * const [state, commands] = slot.step(slot.initial(), { type: "launch", cause: "start" }, 0);
 * commands[0]; // => { type: "launch", cause: "start", generation: 0, attempt: 1 }
 */
export function childSlot(options: ChildSlotOptions, owner?: string): ChildSlot {
  const settings = slotSettings(options, owner);
  const { id } = settings;

  function step(state: SlotState, event: SlotEvent, now: Millis) {
    const { phase, intent, open } = state;
    const fault = eventFault(event, state.generation);
    const rule = fault === null && findRule(state, event, now, settings);
    if (rule) return bringAbout(state, rule.act(phase, event, now, settings, state));
    const why = fault ?? `it is ${phase.status}, ${intent}, open: ${open}`;
    throw new IllegalTransitionError(id, phase.status, event.type, why);
  }

  return {
    name: `childSlot(${id})`,
    describe: {
      kind: "childSlot",
      options: { ...settings },
      timesMs: Object.values(settings).filter(Number.isFinite) as number[],
    },
    initial: () => vacant,
    step,
    parse: parseSlotState,
    deadline: ({ phase }) => nextDue(phase, settings)?.at ?? null,
    toRecord: (state, now) => slotRecord(state, settings, now),
  };
}
