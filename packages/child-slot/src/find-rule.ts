// The table, looked up: its rules by status and by what occurs, each list in the table's order. Only a
// tick finds that a time is over: no event says so.

import type { Millis } from "@steadfast/policy";
import type { SlotEvent } from "./alphabet.js";
import { occurrenceOf } from "./deadlines.js";
import { isTime, type SlotSettings } from "./options.js";
import type { SlotState, SlotStatus } from "./state.js";
import { type SlotRule, slotTable } from "./table.js";

type Index = { readonly [Status in SlotStatus]: ReadonlyMap<string, readonly SlotRule[]> };

const onEvent = indexed((occurrence) => !isTime(occurrence));
const onTick = indexed((occurrence) => isTime(occurrence) || occurrence === "tick");

function indexed(belongs: (occurrence: string) => boolean): Index {
  const rulesIn = (status: SlotStatus) => {
    const rules = new Map<string, SlotRule[]>();
    for (const rule of slotTable) {
      if (!rule.from.includes(status)) continue;
      for (const occurrence of rule.on.filter(belongs)) {
        rules.set(occurrence, [...(rules.get(occurrence) ?? []), rule]);
      }
    }
    return rules;
  };
  return {
    stopped: rulesIn("stopped"),
    starting: rulesIn("starting"),
    running: rulesIn("running"),
    ready: rulesIn("ready"),
    cancelling: rulesIn("cancelling"),
  };
}

/** The first rule of the table that fits, or undefined if the event is impossible here. */
export function findRule(
  state: SlotState,
  event: SlotEvent,
  now: Millis,
  settings: SlotSettings,
): SlotRule | undefined {
  const { phase } = state;
  const rules =
    event.type === "tick"
      ? onTick[phase.status].get(occurrenceOf(phase, event, now, settings))
      : onEvent[phase.status].get(event.type);
  if (rules === undefined) return undefined;
  for (const rule of rules) {
    if (holds(rule, state, event, settings, now)) return rule;
  }
  return undefined;
}

function holds(
  { when }: SlotRule,
  state: SlotState,
  event: SlotEvent,
  settings: SlotSettings,
  now: Millis,
): boolean {
  for (const guard of when) if (!guard(state, event, settings, now)) return false;
  return true;
}
