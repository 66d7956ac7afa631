import type { Millis } from "@steadfast/policy";
import type { SlotEvent } from "./alphabet.js";
import { occurrenceOf } from "./deadlines.js";
import type { SlotSettings } from "./options.js";
import type { SlotState } from "./state.js";
import { type SlotRule, slotTable } from "./table.js";

/** The first rule of the table that fits, or undefined if the event is impossible here. */
export function findRule(
  state: SlotState,
  event: SlotEvent,
  now: Millis,
  settings: SlotSettings,
): SlotRule | undefined {
  const { phase } = state;
  if (event.type in settings) return undefined; // only a tick finds that a time is over
  const occurrence = occurrenceOf(phase, event, now, settings);
  return slotTable.find(
    ({ from, on, when }) =>
      from.includes(phase.status) &&
      on.includes(occurrence) &&
      when.every((guard) => guard(state, event, settings, now)),
  );
}
