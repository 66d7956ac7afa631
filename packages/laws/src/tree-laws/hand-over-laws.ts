// Laws about a tree that is written down and read back: within one host it changes nothing, and under another one
// everybody is lost, for free, and started again.

import { claim, claimSame } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { childOf, isGraph } from "./design.js";
import type { House, Seat } from "./house.js";
import type { StoryParts } from "./story.js";
import type { TreeSubject } from "./subject.js";
import { atRow, nameOf, treeLaw, walk } from "./tree-law.js";

/** A clock that goes back pulls instants back that are read: such stories are no comparison. */
const STEADY: StoryParts = { depth: 2, rolls: true, jumps: false };
const NEW_HOSTS: StoryParts = { depth: 2, rolls: true, handOvers: true, ends: false };

const isWanted = ({ present, isEnded, isPaused }: Seat) =>
  present?.asked === null && !isEnded && !isPaused;

/** Who has to be started again at once: the first of the list, in a graph each that waits for nobody. */
function firstOf({ design, ids, seats, endsAt }: House): readonly Seat[] {
  if (!design || endsAt !== null) return [];
  const left = ids.filter((id) => !seats.get(id)?.isRemoved);
  const isWhole = left.every((id) => seats.get(id)?.present);
  // Somebody who was asked to end may stand in the way, and may be the first of all: what failed to start ends the tree.
  if (left.some((id) => (seats.get(id)?.present?.asked ?? null) !== null)) return [];
  // A group that is restarted waits for others.
  if (!isWhole && design.strategy !== "one-for-one") return [];
  const waitsForNobody = (id: string) => !childOf(design, id)?.after?.length;
  const first = isGraph(design) ? left.filter(waitsForNobody) : left.slice(0, 1);
  return first.flatMap((id) => {
    const seat = seats.get(id);
    return seat && isWanted(seat) ? [seat] : [];
  });
}

export const handOverLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-read-back-goes-on",
    says: "A tree that was written down as JSON and read back, in the middle of whatever it does, is due at the same instant and answers what comes next with the same effects.",
    cases: ["in the middle of a plan", "in the middle of a rolling restart"],
    casesIn: () => [],
    runsShare: 0.5,
    story: STEADY,
    check({ taken, tree, design }, reached) {
      walk({ taken, design }, () => {}, {
        after({ after, now }, row, ledger) {
          const next = taken[row + 1];
          if (!next?.event || next.now < now) return;
          const read = tree.parse(JSON.parse(JSON.stringify(after)), now) as never;
          const due = tree.deadline(after as never);
          const isLate = due !== null && due <= now;
          const readDue = tree.deadline(read);
          claim(
            readDue === due || (isLate && readDue !== null && readDue <= now),
            () => `${atRow(row)}: due at ${due}, and at ${readDue} when it was read back`,
          );
          const [, effects] = tree.step(read, next.event, next.now);
          claimSame(
            effects,
            next.effects,
            `${atRow(row + 1)}: the effects of a tree that was read back`,
          );
          const seats = [...ledger.root.seats.values()];
          if (seats.some(({ present }) => present && !(present.isUp && present.asked === null))) {
            reached("in the middle of a plan");
          }
          if (ledger.root.rolls.size > 0) reached("in the middle of a rolling restart");
        },
      });
    },
  }),
  treeLaw({
    name: "tree-new-host-loses-everybody",
    says: "Under a new host each attempt of the old one is reported as ended, once, and no policy is asked for that.",
    cases: ["somebody was lost"],
    leastShare: 0.02,
    story: NEW_HOSTS,
    check({ taken, design }, reached) {
      let there: readonly (readonly [Seat, generation: number])[] = [];
      walk({ taken, design }, () => {}, {
        before({ event }, ledger) {
          if (event) return;
          const seats = [...ledger.root.seats.values()];
          there = seats.flatMap((seat) => (seat.present ? [[seat, seat.generation] as const] : []));
        },
        after({ effects }, row) {
          if (row === 0 || taken[row - 1]?.event) return;
          for (const [seat, old] of there) {
            const told = effects.filter(
              (one) => "path" in one && one.path?.join() === seat.path.join(),
            );
            const exits = told.filter((one) => one.type === "exited" && one.generation === old);
            claim(
              exits.length === 1,
              () =>
                `${atRow(row)}: ${nameOf(seat.path)} was there, and is reported as ended ${exits.length} times`,
            );
            const asked = told.find(
              (one) => one.type === "note" && one.event.type === "launch" && !one.by,
            );
            claim(
              !asked,
              () => `${atRow(row)}: ${nameOf(seat.path)} is lost, and its policy is asked for that`,
            );
            reached("somebody was lost");
          }
        },
      });
    },
  }),
  treeLaw({
    name: "tree-new-host-starts-again",
    says: "Under a new host who was there is started again: the first of the list at once, in a graph each that waits for nobody.",
    cases: ["started again"],
    leastShare: 0.01,
    story: NEW_HOSTS,
    check({ taken, design }, reached) {
      let first: readonly Seat[] = [];
      walk({ taken, design }, () => {}, {
        before({ event }, ledger) {
          if (!event) first = firstOf(ledger.root);
        },
        after({ effects }, row) {
          if (row === 0 || taken[row - 1]?.event || first.length === 0) return;
          const launched = new Set(
            effects.flatMap((one) =>
              one.type === "launch" || one.type === "launched" ? [one.path.join("/")] : [],
            ),
          );
          const left = first.find(({ id }) => !launched.has(id));
          claim(
            !left,
            () => `${atRow(row)}: ${nameOf(left?.path ?? [])} was there, and is not started again`,
          );
          reached("started again");
        },
      });
    },
  }),
];
