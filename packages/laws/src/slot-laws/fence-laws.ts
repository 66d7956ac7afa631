// Laws about what must not count: reports of generations that are gone, and events that cannot be.

import { eventFault } from "@steadfast/child-slot";
import { claim, claimSame, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, isReport } from "./commands.js";
import { Ledger } from "./ledger.js";
import { BACKWARDS, slotLaw } from "./slot-law.js";
import { isIllegal, type Taken, take } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

const FAR = 1_000_000_007;

export const fenceLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "stale-changes-nothing",
    says: "A report of a generation that is gone is answered with one `stale` command about that generation, and the state is the same, by reference.",
    cases: ["an exit told twice or late", "something else that is old"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { event, before, after, commands } = one;
        const about = isReport(event) ? ledger.launched.get(event.generation) : undefined;
        if (isReport(event) && about && about !== ledger.present && eventFault(event) === null) {
          const { generation, attempt } = about;
          claimSame(
            commands,
            [{ type: "stale", report: event, generation, attempt }],
            `${atRow(row)}: the answer to a report of generation ${generation}, which is gone`,
          );
          claim(after === before, () => `${atRow(row)}: a stale report changed the state`);
          reached(
            event.type === "exited" ? "an exit told twice or late" : "something else that is old",
          );
        }
        ledger.note(one);
      });
    },
  }),

  slotLaw({
    name: "impossible-changes-nothing",
    says: "An event that cannot be throws an error with the code ERR_ILLEGAL_TRANSITION, whatever the clock says, and changes nothing; every other event is accepted.",
    cases: ["a launch that cannot be", "a generation that never was"],
    story: BACKWARDS,
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { event, before, now } = one;
        const why = whyImpossible(one, ledger);
        const was = JSON.stringify(before);
        for (const at of [now, now - FAR, now + FAR]) {
          const { thrown, commands } = take(slot, before, event, at);
          if (why === null) {
            claim(commands !== null, () => `${atRow(row)}: turned away at ${at}: ${text(thrown)}`);
            continue;
          }
          claim(commands === null, () => `${atRow(row)}: accepted at ${at}, although ${why}`);
          claim(
            isIllegal(thrown),
            () => `${atRow(row)}: ${text(thrown)} has not the code ERR_ILLEGAL_TRANSITION`,
          );
          claim(
            JSON.stringify(before) === was,
            () => `${atRow(row)}: the event was turned away, and yet the state was changed`,
          );
        }
        if (why !== null && event.type === "launch") reached("a launch that cannot be");
        if (why !== null && isReport(event)) reached("a generation that never was");
        ledger.note(one);
      });
    },
  }),
];

/** Why this event is impossible now, from what is known from outside; null if it is possible. */
function whyImpossible({ event }: Taken, ledger: Ledger): string | null {
  const fault = eventFault(event);
  if (fault !== null) return fault;
  if (isReport(event) && !ledger.launched.has(event.generation)) return "that was never launched";
  if (event.type !== "launch") return null;
  if (!ledger.open) return "it is closed";
  if (ledger.intent !== "active") return `it is ${ledger.intent}`;
  return ledger.present ? "somebody is there" : null;
}

const text = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : show(thrown);
