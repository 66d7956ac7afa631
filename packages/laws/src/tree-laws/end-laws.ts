// Laws about what has to come at last: the end, and an answer to every order.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import type { TreeSubject } from "./subject.js";
import { atRow, DEAF, GOING_ON, treeLaw } from "./tree-law.js";

export const endLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-stop-ends",
    says: "However a tree stands, a stop ends it, also where children do not obey: they are killed, and given up.",
    cases: ["somebody was given up", "stopped in the middle of a plan"],
    casesIn: () => ["stopped in the middle of a plan"],
    leastShare: 0.02,
    story: DEAF,
    check({ taken, isSettled, thrown, ending }, reached) {
      claim(thrown === null, () => `it threw: ${String(thrown?.error)}`);
      claim(isSettled, () => `stopped in ${atRow(ending)}, it never settles`);
      const last = taken.slice(ending);
      if (last.some(({ effects }) => effects.some(({ type }) => type === "abandon"))) {
        reached("somebody was given up");
      }
      const coming = taken.slice(0, ending + 1).at(-2);
      const isBusy = coming?.effects.some(
        ({ type }) => type === "launch" || type === "request-stop",
      );
      if (isBusy || taken[0]?.effects.every(({ type }) => type !== "up")) {
        reached("stopped in the middle of a plan");
      }
    },
  }),
  treeLaw({
    name: "tree-answers-every-order",
    says: "Every order about the children of a tree is answered once, at the latest when the tree ends.",
    cases: ["an order", "carried out", "turned down"],
    leastShare: 0.02,
    story: GOING_ON,
    check({ taken, isSettled }, reached) {
      const open = new Map<number, number>();
      const done = new Set<number>();
      for (const [row, { event, effects }] of taken.entries()) {
        if (event && "ref" in event) {
          open.set(event.ref, row);
          reached("an order");
        }
        for (const effect of effects) {
          if (effect.type !== "answered") continue;
          claim(
            !done.has(effect.ref),
            () => `${atRow(row)}: order ${effect.ref} is answered a second time`,
          );
          claim(
            open.delete(effect.ref),
            () => `${atRow(row)}: order ${effect.ref} is answered, and was not given`,
          );
          done.add(effect.ref);
          reached(effect.ok ? "carried out" : "turned down");
        }
      }
      const [left] = open;
      claim(
        !left || !isSettled,
        () => `${atRow(left?.[1] ?? 0)}: order ${left?.[0]} is never answered`,
      );
    },
  }),
];
