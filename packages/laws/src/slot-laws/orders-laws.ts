// Laws about orders that come while an attempt is ending already.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { slotLaw } from "./slot-law.js";
import { take } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

const STOP = { type: "stop" } as const;
const KILLS = [{ type: "kill" }, { type: "force" }] as const;

export const ordersLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "kill-cuts-the-grace-short",
    says: "A `kill` and a `force` kill an attempt that was only asked to end at once, however much of its grace is left; one that was killed is not killed again.",
    cases: ["it was ending"],
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      for (const [row, one] of taken.entries()) {
        ledger.note(one);
        const { present } = ledger;
        if (present === null || present.asked === null) continue;
        reached("it was ending");
        for (const how of KILLS) {
          const kills = commandsOf(take(slot, one.after, how, one.now)).filter(
            ({ type }) => type === "kill",
          ).length;
          const expected = present.killed ? 0 : 1;
          claim(
            kills === expected,
            () => `${atRow(row)}, then ${how.type}: ${kills} kills, expected ${expected}`,
          );
        }
      }
    },
  }),

  slotLaw({
    name: "second-stop-is-the-first",
    says: "A stop of what is ending already commands nothing more and moves no deadline, however often it comes.",
    cases: ["it was ending", "nobody was there"],
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      for (const [row, one] of taken.entries()) {
        ledger.note(one);
        const { present } = ledger;
        const stopped = take(slot, one.after, STOP, one.now);
        const deadline = slot.deadline(stopped.after);
        reached(present === null ? "nobody was there" : "it was ending");
        for (const now of [one.now, one.now + 1, Math.max(one.now, (deadline ?? 0) - 1)]) {
          const again = take(slot, stopped.after, STOP, now);
          claim(
            again.commands?.length === 0 && slot.deadline(again.after) === deadline,
            () =>
              `${atRow(row)}, stopped at ${one.now} and again at ${now}: ${again.commands?.length} commands, due at ${slot.deadline(again.after)} instead of ${deadline}`,
          );
        }
      }
    },
  }),
];
