// Laws about how an attempt's end is reported: once, with its cause, whose fault it was, and after how long.

import type { StopCause } from "@steadfast/child-slot";
import { claim, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { BACKWARDS, slotLaw } from "./slot-law.js";
import type { SlotSubject } from "./subject.js";

/** What an attempt is ended for by itself: nobody ordered it. */
const FAULTS: readonly StopCause[] = ["not-ready-in-time", "heartbeat-stale"];

export const exitLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "every-exit-told-once",
    says: "An exit of the present attempt is reported exactly once, with that very exit; an exit is reported only when there is one, or when the attempt is given up.",
    cases: ["an exit", "an exit while it was ending", "an exit that nobody ordered"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { event } = one;
        const { present } = ledger;
        const commands = commandsOf(one);
        const exits = newsOf(commands, "exited");
        const gaveUp = commands.some(({ type }) => type === "abandon");
        const isOwn = event.type === "exited" && event.generation === present?.generation;
        claim(
          exits.length === (isOwn || gaveUp ? 1 : 0),
          () => `${atRow(row)}: the exit was reported ${exits.length} times`,
        );
        const [told] = exits;
        if (told && isOwn && present) {
          const { exit, ordered } = told.report;
          const isKept = exit === event.exit || ("ended" in exit && exit.ended === event.exit);
          claim(isKept, () => `${atRow(row)}: told was ${show(exit)}, not the exit itself`);
          claim(
            told.generation === present.generation,
            () => `${atRow(row)}: reported for generation ${told.generation}`,
          );
          reached(present.asked === null ? "an exit" : "an exit while it was ending");
          if (!ordered) reached("an exit that nobody ordered");
        }
        ledger.note(one);
      });
    },
  }),

  slotLaw({
    name: "orders-are-told-apart",
    says: "An exit is reported as ordered exactly if an operator's command ended the attempt; one that ended for its own fault is reported with that fault around its exit.",
    cases: ["ordered", "not ordered"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const asked = ledger.present?.asked ?? null;
        for (const { report } of newsOf(commandsOf(one), "exited")) {
          const isFault = asked !== null && FAULTS.includes(asked);
          const isOrdered = asked !== null && !isFault;
          claim(
            report.ordered === isOrdered,
            () => `${atRow(row)}: asked to end for ${asked}, told as ordered: ${report.ordered}`,
          );
          const { kind } = report.exit;
          const expected = asked === "heartbeat-stale" ? "unhealthy" : "timed-out";
          claim(
            !isFault || kind === expected,
            () => `${atRow(row)}: ended for ${asked}, told as ${kind}, not ${expected}`,
          );
          reached(isOrdered ? "ordered" : "not ordered");
        }
        ledger.note(one);
      });
    },
  }),

  slotLaw({
    name: "uptime-from-the-launch",
    says: "The uptime that is reported with an exit runs from the launch to the exit; it is 0 for a failed spawn and never negative.",
    cases: ["an uptime"],
    story: BACKWARDS,
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { present } = ledger;
        for (const { report } of newsOf(commandsOf(one), "exited")) {
          const { exit, uptimeMs } = report;
          const { kind } = "ended" in exit && exit.ended ? exit.ended : exit;
          const age = Math.max(0, one.now - (present?.launchedAt ?? one.now));
          const expected = kind === "spawn-failed" ? 0 : age;
          claim(
            uptimeMs === expected,
            () => `${atRow(row)}: the uptime is reported as ${uptimeMs} and was ${expected}`,
          );
          if (uptimeMs > 0) reached("an uptime");
        }
        ledger.note(one);
      });
    },
  }),
];
