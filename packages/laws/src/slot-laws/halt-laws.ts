// Laws about ending an attempt and deciding nothing else: the slot stays open, and stays empty.

import { claim, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { ORDERED, slotLaw } from "./slot-law.js";
import { recordOf } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

/** After these an empty slot may be occupied again. */
const LAUNCHES: readonly string[] = ["launch", "restart"];

export const haltLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "halt-decides-nothing-else",
    says: "A `halt` asks the attempt that is up to end and a `force` kills it at once; a restart that waits is reported as `rejected`; slot and intent stay as they were, with nobody there the state is the same, by reference, and nothing is launched until a launch or a restart comes.",
    cases: ["somebody was up", "a restart waited", "nobody was there", "launched again"],
    story: ORDERED,
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      let isHalted = false;
      taken.forEach((one, row) => {
        const { event, before, after, commands } = one;
        const { present, waits, open, intent } = ledger;
        const isUp = present !== null && present.asked === null;
        const wasKilled = present?.killed ?? false;
        ledger.note(one);
        if (LAUNCHES.includes(event.type) && commands !== null) {
          const launched = commandsOf(one).some(({ type }) => type === "launch");
          if (isHalted && launched) reached("launched again");
          isHalted = false;
        }
        const types = commandsOf(one).map(({ type }) => type);
        claim(
          !(isHalted && types.includes("launch")),
          () => `${atRow(row)}: launched by a ${event.type}, after it was halted`,
        );
        if (event.type !== "halt" && event.type !== "force") return;
        isHalted = true;
        claim(commands !== null, () => `${atRow(row)}: the ${event.type} was turned away`);
        const record = recordOf(slot, one);
        claim(
          record.open === open && record.intent === intent,
          () => `${atRow(row)}: after ${event.type} it is ${record.intent}, open: ${record.open}`,
        );
        const fences = newsOf(commandsOf(one), "fence").map(({ report }) => report.decision);
        claim(
          fences.join() === (waits ? "rejected" : ""),
          () => `${atRow(row)}: a restart waits: ${waits !== null}; told is ${show(fences)}`,
        );
        if (waits) reached("a restart waited");
        if (!present) {
          reached("nobody was there");
          claim(after === before, () => `${atRow(row)}: nobody was there, and the state changed`);
          return;
        }
        if (isUp) reached("somebody was up");
        const asks = event.type === "halt";
        claim(
          types.includes("request-stop") === (asks && isUp),
          () => `${atRow(row)}: ${event.type} is answered ${show(types)}`,
        );
        claim(
          asks || types.includes("kill") !== wasKilled,
          () => `${atRow(row)}: force, killed before: ${wasKilled}; answered ${show(types)}`,
        );
      });
    },
  }),
];
