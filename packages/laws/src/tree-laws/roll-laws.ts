// Laws about rolling restarts: a few at a time, and at last all of them.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { type House, isInService, type Seat, seatsOf } from "./house.js";
import type { StoryParts } from "./story.js";
import type { TreeSubject } from "./subject.js";
import { atRow, nameOf, treeLaw, walk } from "./tree-law.js";

const ROLLS: StoryParts = { depth: 2, rolls: true, ends: false };

const unfit = ({ given }: TreeSubject) =>
  given && given.children.length === 0 ? "it has no children" : null;

const isDown = (seat: Seat) => !isInService(seat) && !seat.isPaused;

/** Of the rolling restarts that a child is in: whether one of them may take it down now. */
function mayTake(house: House, seat: Seat): boolean {
  return [...house.rolls.values()].some(
    ({ id, max, left }) => left.has(seat) && seatsOf(house, id).filter(isDown).length < max,
  );
}

const isRenewed = ([seat, generation]: readonly [Seat, number]): boolean =>
  seat.isRemoved || seat.generation > generation;

/** Nobody is being started or ended, and nobody waits. */
const isCalm = ({ ids, seats }: House): boolean =>
  ids.every((id) => {
    const seat = seats.get(id);
    return seat !== undefined && (seat.isRemoved || isInService(seat));
  });

export const rollLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-roll-keeps-enough-up",
    says: "A rolling restart takes nobody down while `maxUnavailable` of its children are not up already; one that is paused does not count.",
    cases: ["one of several was restarted"],
    casesIn: () => [],
    story: ROLLS,
    unfit,
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat }) => {
        if (effect.type !== "recycled" || effect.reason !== "roll") return;
        const { house } = seat;
        claim(
          mayTake(house, seat),
          () =>
            `${atRow(row)}: ${nameOf(seat.path)} is restarted by a rolling restart, and as many as may be are down`,
        );
        if ([...house.rolls.values()].some(({ left }) => left.size > 1)) {
          reached("one of several was restarted");
        }
      });
    },
  }),
  treeLaw({
    name: "tree-roll-restarts-everybody",
    says: "A rolling restart that is answered with success has renewed each child that was there when it was ordered, except those that were paused.",
    cases: ["a rolling restart was carried out"],
    casesIn: () => [],
    story: ROLLS,
    unfit,
    check({ taken, design }, reached) {
      const paused = new Set<Seat>();
      walk({ taken, design }, () => {}, {
        after({ effects }, row, ledger) {
          for (const { seats } of ledger.houses) {
            for (const seat of seats.values()) if (seat.isPaused) paused.add(seat);
          }
          for (const effect of effects) {
            const roll = effect.type === "answered" && effect.ok && ledger.ordered.get(effect.ref);
            if (!roll || roll.left.size === 0) continue;
            const old = [...roll.left].find((one) => !paused.has(one[0]) && !isRenewed(one));
            claim(
              !old,
              () =>
                `${atRow(row)}: the rolling restart of ${roll.id} is done, and ${nameOf(old?.[0].path ?? [])} is still the old one`,
            );
            reached("a rolling restart was carried out");
          }
        },
      });
    },
  }),
  treeLaw({
    name: "tree-roll-ends",
    says: "While everybody of a tree is up and nobody is started or ended, no rolling restart waits: it goes on, or is answered.",
    cases: ["a rolling restart went on in a tree that is up"],
    casesIn: () => [],
    story: ROLLS,
    unfit,
    check({ taken, design }, reached) {
      walk({ taken, design }, () => {}, {
        after({ event }, row, ledger) {
          if (!event) return;
          for (const house of ledger.houses) {
            if (house.over !== null || house.endsAt !== null || ledger.root.endsAt !== null)
              continue;
            const [roll] = house.rolls.values();
            if (!roll) continue;
            claim(
              !isCalm(house),
              () => `${atRow(row)}: everybody is up, and the rolling restart of ${roll.id} waits`,
            );
            reached("a rolling restart went on in a tree that is up");
          }
        },
      });
    },
  }),
];
