// One child's lifecycle. At most one attempt is alive, every report is fenced by its generation, a
// stop always ends: what it does not end by asking it forces, and what it cannot force it gives up.
// The rules are in `table.ts`; this file finds the one that fits.

import type { Millis, Policy } from "@steadfast/policy";
import { actions } from "./actions.js";
import type { SlotCommand, SlotEvent } from "./alphabet.js";
import { nextDue } from "./deadlines.js";
import { IllegalTransitionError } from "./errors.js";
import { guards, type Situation } from "./guards.js";
import { type ChildSlotOptions, slotSettings } from "./options.js";
import { parseSlotState } from "./parse.js";
import { type SlotRecord, slotRecord } from "./record.js";
import { type SlotState, vacant } from "./state.js";
import { slotTable } from "./table.js";

/** A slot: a policy whose decisions are commands, with a deadline and a public record. */
export interface ChildSlot extends Policy<SlotState, SlotEvent, readonly SlotCommand[]> {
  deadline(state: SlotState): Millis | null;
  /** The slot as one serialisable record, for status pages and audits. */
  toRecord(state: SlotState, now: Millis): SlotRecord;
}

/**
 * Makes the slot of one child.
 *
 * Decides: what is to be done about the child, as a list of commands tagged with generation and
 * attempt; it performs none. Units: milliseconds, whole. Edges: every limit is included, so at
 * exactly `gracePeriodMs` after the request the child is killed. A smaller `now` counts as an age of 0.
 * Effect on state: as the table says; the same reference when nothing changed.
 * Errors: `PolicyOptionsError` for a bad option; `IllegalTransitionError` for an event that cannot
 * happen, with nothing changed; `PolicyStateError` from `parse`.
 * Source: rust-tokio-supervisor's `ChildSlot`, its defects mended (docs/provenance.md).
 *
 * @example
 * const slot = childSlot({ id: "worker" });
 * const [state, commands] = slot.step(slot.initial(), { type: "launch", cause: "start" }, 0);
 * // commands[0] is { type: "launch", cause: "start", generation: 0, attempt: 1 }
 */
export function childSlot(options: ChildSlotOptions): ChildSlot {
  const settings = slotSettings(options);
  const { id, path, readiness, ...times } = settings;
  const timesMs = Object.values(times).filter((time) => time !== null);

  function step(state: SlotState, event: SlotEvent, now: Millis) {
    const situation: Situation = { state, event, now, settings };
    const { status } = state.phase;
    if ("generation" in event && event.generation > state.generation) {
      const why = `generation ${event.generation} was never launched (the last is ${state.generation})`;
      throw new IllegalTransitionError(id, status, event.type, why);
    }
    const rule = slotTable.find(
      ({ from, on, when }) =>
        from.includes(status) &&
        on.includes(event.type) &&
        when.every((guard) => guards[guard](situation)),
    );
    if (!rule) throw new IllegalTransitionError(id, status, event.type, whyNot(state));
    return actions[rule.act](situation);
  }

  return {
    name: `childSlot(${id})`,
    describe: {
      kind: "childSlot",
      options: { id, path, readiness, ...times },
      timesMs,
    },
    initial: () => vacant,
    step,
    parse: parseSlotState,
    deadline: (state) => nextDue(state, settings)?.at ?? null,
    toRecord: (state, now) => slotRecord(state, settings, now),
  };
}

function whyNot({ phase, open, intent }: SlotState): string {
  if (phase.status !== "stopped") return "the slot is occupied";
  return open ? `the operator wants it ${intent}` : "the slot was stopped for good";
}
