// Laws about attempts: never two of one child, none once the tree ends, and one end of the whole.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { presentIn } from "./house.js";
import type { TreeSubject } from "./subject.js";
import { atRow, nameOf, treeLaw, walk } from "./tree-law.js";

export const attemptLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-at-most-one-alive",
    says: "No child is launched while an attempt of it is there, and each launch has the next generation and the next attempt.",
    cases: ["launched again"],
    check({ taken, design, thrown }, reached) {
      claim(thrown === null, () => `step threw: ${String(thrown?.error)}`);
      walk({ taken, design }, ({ row, effect, seat }) => {
        if (effect.type !== "launch") return;
        const name = nameOf(effect.path);
        claim(!seat.present, () => `${atRow(row)}: ${name} is launched, and is there already`);
        claim(
          effect.attempt === effect.generation + 1,
          () =>
            `${atRow(row)}: ${name} is launched as attempt ${effect.attempt}, generation ${effect.generation}`,
        );
        if (seat.exit) reached("launched again");
      });
    },
  }),
  treeLaw({
    name: "tree-launches-nobody-after-the-end",
    says: "Once a tree is stopped, killed or broken, or a restart was refused for good, nobody is launched in it.",
    cases: ["gave up", "ended with somebody alive"],
    casesIn: () => ["ended with somebody alive"],
    leastShare: 0.02,
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat }) => {
        const { house } = seat;
        const { endsAt } = house;
        if (endsAt !== null && effect.type === "exited") reached("ended with somebody alive");
        if (endsAt !== null && effect.type === "exited" && house.hasGivenUp) reached("gave up");
        if (effect.type !== "launch" && (effect.type !== "launched" || seat.present)) return;
        claim(
          endsAt === null,
          () =>
            `${atRow(row)}: ${nameOf(effect.path)} is launched, and ${nameOf(house.path)} ends since ${atRow(endsAt ?? 0)}`,
        );
      });
    },
  }),
  treeLaw({
    name: "tree-ends-once",
    says: "The effect `settle` comes once, when all children are down, as the last effect of its step; after it nothing changes and nothing is due.",
    cases: ["settled"],
    check({ taken, design, tree, thrown }, reached) {
      claim(thrown === null, () => `step threw: ${String(thrown?.error)}`);
      let ups = 0;
      walk({ taken, design }, () => {}, {
        after(one, row, ledger) {
          ups += one.effects
            .filter(({ type }) => type === "up")
            .filter((effect) => !("path" in effect)).length;
          claim(ups <= 1, () => `${atRow(row)}: it is up for the second time`);
          const at = one.effects.findIndex(({ type }) => type === "settle");
          if (at < 0) return;
          reached("settled");
          claim(
            at === one.effects.length - 1,
            () => `${atRow(row)}: there are effects after settle`,
          );
          claim(row === taken.length - 1, () => `${atRow(row)}: it settles, and goes on`);
          const left = ledger.houses.flatMap((house) =>
            house.over === row || house.over === null ? presentIn(house) : [],
          );
          claim(
            left.length === 0,
            () => `${atRow(row)}: it settles, and ${nameOf(left[0]?.path ?? [])} is there`,
          );
          const due = tree.deadline(one.after as never);
          claim(due === null, () => `${atRow(row)}: it is over, and due at ${due}`);
          const event = { type: "kill", by: "stop", draw: 0, wall: 0 } as const;
          const [after, effects] = tree.step(one.after as never, event, one.now + 1);
          claim(
            after === one.after && effects.length === 0,
            () => `${atRow(row)}: after the end a kill does something`,
          );
        },
      });
    },
  }),
];
