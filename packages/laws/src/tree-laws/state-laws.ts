// Laws about the state: plain JSON, never changed in place, the same reference where nothing changed; and about
// the deadline: before it time changes nothing.

import type { TreeEvent } from "@steadfast/supervision/tree";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import type { Law } from "../kernel/law.js";
import type { TreeSubject } from "./subject.js";
import { atRow, treeLaw } from "./tree-law.js";

const TICK: TreeEvent = { type: "tick", draw: 0.5, wall: 0 };

export const stateLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-state-is-plain",
    says: "The state is the same when it was JSON; a step from what was JSON gives the same state and the same effects.",
    cases: ["something was alive"],
    runsShare: 0.5,
    check({ taken, tree }, reached) {
      for (const [row, { before, event, now, after, effects }] of taken.entries()) {
        const copy: unknown = JSON.parse(JSON.stringify(before));
        claimSame(copy, before, `${atRow(row)}: the state, when it was JSON`);
        if (!event) continue;
        const again = tree.step(deepFreeze(copy) as never, event, now);
        claimSame(again[0], after, `${atRow(row)}: the state after the same step from JSON`);
        claimSame(again[1], effects, `${atRow(row)}: the effects of the same step from JSON`);
        if (row > 0) reached("something was alive");
      }
    },
  }),
  treeLaw({
    name: "tree-same-state-where-nothing-changed",
    says: "Where a step changes nothing and has no effect, the state is the same reference.",
    cases: ["nothing changed"],
    runsShare: 0.5,
    check({ taken }, reached) {
      for (const [row, { before, event, after, effects }] of taken.entries()) {
        if (!event || before === after || effects.length > 0) {
          if (event && before === after) reached("nothing changed");
          continue;
        }
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        claim(!isSame, () => `${atRow(row)}: nothing changed, and the state is another one`);
      }
    },
  }),
  treeLaw({
    name: "tree-nothing-before-the-deadline",
    says: "A tick before the deadline changes nothing and has no effect; where there is none, no tick does.",
    cases: ["a deadline", "no deadline"],
    runsShare: 0.5,
    check({ taken, tree }, reached) {
      for (const [row, { after, now }] of taken.entries()) {
        const due = tree.deadline(after as never);
        const at = due === null ? now + 1_000_000 : Math.max(now, due - 1);
        if (due !== null && due <= now) continue;
        reached(due === null ? "no deadline" : "a deadline");
        const [state, effects] = tree.step(after as never, TICK, at);
        claim(
          state === after && effects.length === 0,
          () =>
            `${atRow(row)}: due at ${due}, and a tick at ${at} changes something: ${show(effects)}`,
        );
      }
    },
  }),
  treeLaw({
    name: "tree-comes-to-rest",
    says: "At one instant only so many ticks change something, and at its deadline a tick does.",
    cases: ["a deadline was kept"],
    runsShare: 0.5,
    check({ taken, tree }, reached) {
      for (const [row, { after, now }] of taken.entries()) {
        const due = tree.deadline(after as never);
        if (due === null || due <= now) continue;
        reached("a deadline was kept");
        let [state] = tree.step(after as never, TICK, due);
        claim(
          state !== after,
          () => `${atRow(row)}: due at ${due}, and a tick then changes nothing`,
        );
        for (let ticks = 0; ticks < 20; ticks++) {
          const next = tree.deadline(state as never);
          if (next === null || next > due) break;
          claim(
            ticks < 19,
            () => `${atRow(row)}: due at ${due}, and after 20 ticks it is due again at ${next}`,
          );
          [state] = tree.step(state as never, TICK, due);
        }
      }
    },
  }),
];
