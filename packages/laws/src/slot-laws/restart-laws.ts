// Laws about restarts that an operator orders: each is answered, and one that waits comes to an end.

import { claim, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, launchesOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { ORDERED, slotLaw } from "./slot-law.js";
import { recordOf } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

export const restartLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "restart-is-answered",
    says: "A restart that is not turned away is answered with exactly one decision, and the decision is the one that fits: at once where nobody is there, queued where somebody is, a duplicate while one waits, blocked when closed, rejected when not active.",
    cases: ["started-immediately", "queued-after-stop", "already-pending"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { open, intent, waits, present } = ledger;
        ledger.note(one);
        if (one.event.type !== "restart" || one.commands === null) return;
        const told = newsOf(one.commands, "fence").map(({ report }) => report.decision);
        const wanted = open && intent === "active";
        const unwanted = open ? "rejected" : "blocked-by-shutdown";
        const queued = waits ? "already-pending" : "queued-after-stop";
        const fits = present ? queued : "started-immediately";
        const expected = wanted ? fits : unwanted;
        claim(
          told.join() === expected,
          () => `${atRow(row)}: the restart was answered ${show(told)}, not ${expected}`,
        );
        const launches = launchesOf(one.commands).length;
        claim(
          launches === (expected === "started-immediately" ? 1 : 0),
          () => `${atRow(row)}: answered ${expected}, with ${launches} launches`,
        );
        reached(expected);
      });
    },
  }),

  slotLaw({
    name: "queued-restart-ends",
    says: "A restart that was queued is launched at the instant at which the attempt before it ended, or dropped and reported as dropped: one or the other, once.",
    cases: ["it happened", "it was dropped"],
    story: ORDERED,
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { waits } = ledger;
        const { event } = one;
        ledger.note(one);
        const left = newsOf(commandsOf(one), "exited").length > 0;
        const [launch] = launchesOf(commandsOf(one));
        if (waits && left && ledger.open && ledger.intent === "active") {
          claim(
            launch?.cause === "operator",
            () => `${atRow(row)}: the attempt has ended, and the restart that waited is forgotten`,
          );
          reached("it happened");
        }
        if (waits && !ledger.waits && !launch) reached("it was dropped");
        const isShown = recordOf(slot, one).pendingRestart !== null;
        claim(isShown === (ledger.waits !== null), () =>
          isShown
            ? `${atRow(row)}: after ${event.type} a restart waits that nobody ordered, or that was reported as dropped`
            : `${atRow(row)}: after ${event.type} the restart that waited is gone, untold`,
        );
      });
    },
  }),
];
