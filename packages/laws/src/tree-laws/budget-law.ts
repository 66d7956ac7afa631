// The law about the budget: it bounds the sum of all restarts in a tree.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import type { House } from "./house.js";
import type { StoryParts } from "./story.js";
import type { TreeSubject } from "./subject.js";
import { atRow, nameOf, treeLaw, walk } from "./tree-law.js";

/** A clock that goes back stands still for a window: such stories tell nothing. */
const STEADY: StoryParts = { depth: 2, jumps: false };

export const budgetLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-budget-bounds-the-sum",
    says: "Of the requests of all children of a tree no more are admitted in a window than its budget allows; each tree inside has a budget of its own, fresh at each start.",
    cases: ["the budget was met"],
    story: STEADY,
    unfit: ({ isMade }) => (isMade ? null : "what the budget of this tree allows is not known"),
    check({ taken, design }, reached) {
      const admitted = new Map<House, number[]>();
      walk(
        { taken, design },
        ({ row, taken: one, effect, seat }) => {
          const { house } = seat;
          const budget = house.design?.budget;
          if (budget?.type !== "limit" || effect.type !== "note" || effect.by) return;
          const { event, decision } = effect;
          if (event.type !== "launch" || decision.type !== "launch") return;
          const before = admitted.get(house) ?? [];
          const inside = before.filter((at) => one.now - at < budget.windowMs);
          claim(
            inside.length < budget.limit,
            () =>
              `${atRow(row)}: ${nameOf(seat.path)} is admitted, and ${inside.length} were in the last ${budget.windowMs} ms`,
          );
          admitted.set(house, [...before, one.now]);
          if (inside.length + 1 === budget.limit) reached("the budget was met");
        },
        {
          before({ event }) {
            if (event?.type === "reset" && !event.path) admitted.clear();
          },
        },
      );
    },
  }),
];
