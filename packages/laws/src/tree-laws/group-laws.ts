// Laws about who is touched by a restart, and who is not.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { isGraph } from "./design.js";
import { type House, presentIn, type Seat } from "./house.js";
import type { TreeSubject } from "./subject.js";
import { atRow, GOING_ON, GROUPS, nameOf, treeLaw, walk } from "./tree-law.js";

/** Whether a tree went on after a row: then who was asked to end there was not asked for its end. */
const goesOn = ({ lastLaunch }: House, row: number) => lastLaunch > row;

const ALONE = "in this tree everybody is restarted alone, or all are";

export const groupLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-leaves-siblings-alone",
    says: "In one-for-one nobody is stopped but by an order, or for the end of the tree; in rest-for-one nobody who stands before all that have ended.",
    cases: ["one-for-one", "rest-for-one"],
    casesIn: ({ strategy }) => (strategy === "one-for-all" ? [] : [strategy]),
    story: GOING_ON,
    unfit: ({ given }) =>
      given && (given.strategy === "one-for-all" || given.children.length < 2) ? ALONE : null,
    check({ taken, design }, reached) {
      const asked: { readonly seat: Seat; readonly row: number; readonly isCovered: boolean }[] =
        [];
      walk({ taken, design }, ({ row, effect, seat }) => {
        const { house } = seat;
        const strategy = house.design?.strategy;
        if (effect.type === "exited" && !effect.ordered && presentIn(house).length > 1) {
          if (strategy === "one-for-one" || strategy === "rest-for-one") reached(strategy);
        }
        if (effect.type !== "request-stop" || effect.reason !== "halt" || seat.isEnded) return;
        if (
          strategy === undefined ||
          strategy === "one-for-all" ||
          (house.design && isGraph(house.design))
        )
          return;
        const before = house.ids.slice(0, house.ids.indexOf(seat.id));
        const isCovered =
          strategy === "rest-for-one" && before.some((id) => house.seats.get(id)?.present === null);
        asked.push({ seat, row, isCovered });
      });
      for (const { seat, row, isCovered } of asked) {
        claim(
          isCovered || !goesOn(seat.house, row),
          () =>
            `${atRow(row)}: ${nameOf(seat.path)} is asked to end, which nobody ordered, and the tree goes on`,
        );
      }
    },
  }),
  treeLaw({
    name: "tree-restarts-the-whole-group",
    says: "When a child is restarted after it ended by itself, everybody of its group has gone down since: all in one-for-all, those behind it in rest-for-one.",
    cases: ["one-for-all", "rest-for-one"],
    casesIn: ({ strategy }) => [strategy],
    story: GROUPS,
    unfit: ({ given }) =>
      given && (given.strategy === "one-for-one" || given.children.length < 2) ? ALONE : null,
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat }) => {
        const { house } = seat;
        if (effect.type !== "launch" || effect.cause !== "restart") return;
        const strategy = house.design?.strategy;
        const { exit } = seat;
        if (!exit || exit.ordered || seat.isOrdered) return;
        if (
          strategy === undefined ||
          strategy === "one-for-one" ||
          (house.design && isGraph(house.design))
        )
          return;
        const at = strategy === "one-for-all" ? 0 : house.ids.indexOf(seat.id);
        const group = house.ids.slice(at).flatMap((id) => house.seats.get(id) ?? []);
        const old = group.find(
          ({ present, id }) => present !== null && present.row < exit.row && id !== seat.id,
        );
        claim(
          !old,
          () =>
            `${atRow(row)}: ${nameOf(seat.path)} is restarted, and ${nameOf(old?.path ?? [])} was never stopped`,
        );
        if (group.length > 1) reached(strategy);
      });
    },
  }),
];
