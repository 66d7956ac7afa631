import { guards, type Situation } from "./guards.js";
import { type SlotRule, slotTable } from "./table.js";

/** The first rule of the table that fits, or undefined if the event is impossible here. */
export function findRule(situation: Situation): SlotRule | undefined {
  const { state, event } = situation;
  return slotTable.find(
    ({ from, on, when }) =>
      from.includes(state.phase.status) &&
      on.includes(event.type) &&
      when.every((guard) => guards[guard](situation)),
  );
}
