// Laws about the order in which a plan starts and stops.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { isGraph } from "./design.js";
import { type House, presentIn, type Seat } from "./house.js";
import type { TreeSubject } from "./subject.js";
import { atRow, GROUPS, nameOf, treeLaw, walk } from "./tree-law.js";

const PLANNED: readonly string[] = ["start", "restart"];

/** In order, so that one waits for the other: known, and not a graph. */
const isChain = ({ design }: House) => design !== null && !isGraph(design);

/** Launched by a plan, and not up yet. */
const isComing = ({ present }: Seat) =>
  present !== null && PLANNED.includes(present.cause) && !present.isUp && present.asked === null;

export const orderLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-starts-in-order",
    says: "At the beginning children are started in the order of the list, each when the one before it is up or has ended, in a tree without a graph.",
    cases: ["two or more were started"],
    unfit: ({ given }) => (given && given.children.length < 2 ? "it has one child" : null),
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat }) => {
        const { house } = seat;
        if (effect.type !== "launch" && effect.type !== "launched") return;
        if (seat.present || !isChain(house) || effect.cause !== "start") return;
        const at = house.ids.indexOf(seat.id);
        const before = house.ids.slice(0, at).flatMap((id) => house.seats.get(id) ?? []);
        const coming = before.find((one) => isComing(one) && one.present?.cause === "start");
        claim(
          !coming,
          () =>
            `${atRow(row)}: ${nameOf(seat.path)} is started, and ${nameOf(coming?.path ?? [])} is not up yet`,
        );
        const isListed = house.design?.children.some(({ id }) => id === seat.id) ?? false;
        const skipped =
          isListed && at > 0 && house.ids.slice(0, at).find((id) => !house.seats.get(id));
        claim(!skipped, () => `${atRow(row)}: ${nameOf(seat.path)} is started before ${skipped}`);
        if (before.length > 0) reached("two or more were started");
      });
    },
  }),
  treeLaw({
    name: "tree-restarts-one-by-one",
    says: "In a group restart without a graph children come up one by one: nobody is launched while another one that the plan has launched is not up yet.",
    cases: ["a group was restarted"],
    story: GROUPS,
    unfit: ({ given }) =>
      given && (given.strategy === "one-for-one" || given.children.length < 2)
        ? "in this tree no group is restarted"
        : null,
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat }) => {
        const { house } = seat;
        if (effect.type !== "launch" && effect.type !== "launched") return;
        if (seat.present || !isChain(house) || !PLANNED.includes(effect.cause)) return;
        if (house.design?.strategy === "one-for-one") return;
        const coming = presentIn(house).find((one) => one !== seat && isComing(one));
        claim(
          !coming,
          () =>
            `${atRow(row)}: ${nameOf(seat.path)} is launched, and ${nameOf(coming?.path ?? [])} is not up yet`,
        );
        if (effect.cause === "restart" && presentIn(house).length > 0)
          reached("a group was restarted");
      });
    },
  }),
  treeLaw({
    name: "tree-stops-in-reverse",
    says: "A plan stops children one by one in reverse order: nobody is asked while one behind it is there, except by an order about that one alone. With a graph: while one that was started after it is there.",
    cases: ["two or more were stopped"],
    unfit: ({ given }) => (given && given.children.length < 2 ? "it has one child" : null),
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat, taken: one }) => {
        if (effect.type !== "request-stop" || effect.reason !== "halt") return;
        const { house } = seat;
        if (!isChain(house) || seat.isEnded) return;
        if (one.event?.type === "kill") return;
        const present = presentIn(house);
        const behind = present.slice(present.indexOf(seat) + 1);
        claim(
          behind.length === 0,
          () =>
            `${atRow(row)}: ${nameOf(seat.path)} is asked to end, and ${nameOf(behind.at(-1)?.path ?? [])} is there`,
        );
        if (present.length > 1) reached("two or more were stopped");
      });
    },
  }),
];
