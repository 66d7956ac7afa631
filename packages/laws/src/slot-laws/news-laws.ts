// Laws about what is reported of an attempt that is up.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { slotLaw } from "./slot-law.js";
import type { SlotSubject } from "./subject.js";

export const newsLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "ready-alternates",
    says: "An attempt is reported as `ready` and `not-ready` alternately, never twice the same, and neither once it was asked to end.",
    cases: ["ready", "not ready after ready", "ready again"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        for (const command of commandsOf(one)) {
          if (command.type === "report") {
            const { generation, report } = command;
            const about = ledger.launched.get(generation);
            const before = about?.readiness ?? null;
            if (report.type === "ready" || report.type === "not-ready") {
              claim(
                before !== report.type,
                () => `${atRow(row)}: ${generation} is reported as ${report.type} twice in a row`,
              );
              claim(
                about !== undefined && about === ledger.present && about.asked === null,
                () => `${atRow(row)}: ${report.type} of ${generation}, which is not up`,
              );
              if (report.type === "not-ready" && before) reached("not ready after ready");
              if (report.type === "ready") reached(before ? "ready again" : "ready");
            }
          }
          ledger.note({ ...one, commands: [command] });
        }
      });
    },
  }),

  slotLaw({
    name: "healthy-once",
    says: "`healthy` is reported at most once per attempt, while it is up and ready.",
    cases: ["healthy"],
    check({ taken }, reached) {
      const ledger = new Ledger();
      const told = new Set<number>();
      taken.forEach((one, row) => {
        ledger.note(one);
        for (const { generation } of newsOf(commandsOf(one), "healthy")) {
          const { present } = ledger;
          claim(!told.has(generation), () => `${atRow(row)}: ${generation} is healthy once more`);
          claim(
            present?.generation === generation &&
              present.readiness === "ready" &&
              present.asked === null,
            () => `${atRow(row)}: ${generation} is reported as healthy and is not up and ready`,
          );
          told.add(generation);
          reached("healthy");
        }
      });
    },
  }),
];
