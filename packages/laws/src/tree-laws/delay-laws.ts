// Laws about waiting: nobody comes before the delay is over, and of a group nobody before the longest.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { isGraph } from "./design.js";
import type { Seat } from "./house.js";
import type { StoryParts } from "./story.js";
import type { TreeSubject } from "./subject.js";
import { atRow, nameOf, treeLaw, walk } from "./tree-law.js";

const STEADY: StoryParts = { depth: 2, jumps: false, groups: true, ends: false };
/** What ends a delay before its time. */
const CUTS: readonly string[] = [
  "reload",
  "send",
  "reset",
  "terminate-child",
  "stop",
  "kill",
  "pause",
  "restart",
  "resume",
];

export const delayLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-delays-hold",
    says: "Nobody is restarted before the instant of its delay, and in a group restart nobody of the group before the latest of them.",
    cases: ["a delay was waited for", "a group waited for one"],
    // Whether the policies of a tree that is given ever wait is not known.
    casesIn: () => [],
    leastShare: 0.02,
    story: STEADY,
    check({ taken, design }, reached) {
      const cut = new Set<Seat>();
      walk(
        { taken, design },
        ({ row, taken: one, effect, seat }) => {
          if (effect.type === "delayed") cut.delete(seat);
          if (effect.type !== "launch" || effect.cause !== "restart") return;
          const { house } = seat;
          const { now } = one;
          const own = seat.delay;
          if (own && !cut.has(seat)) {
            claim(
              now >= own.until,
              () =>
                `${atRow(row)}: ${nameOf(seat.path)} is launched at ${now}, and waits until ${own.until}`,
            );
            if (row > own.row) reached("a delay was waited for");
          }
          const strategy = house.design?.strategy;
          if (!strategy || strategy === "one-for-one" || !house.design || isGraph(house.design))
            return;
          const waiting = [...house.seats.values()].filter(
            (other) => other.delay && !cut.has(other) && !other.isEnded && other !== seat,
          );
          const early = waiting.find(({ delay }) => delay && delay.until > now);
          claim(
            !early,
            () =>
              `${atRow(row)}: ${nameOf(seat.path)} is launched at ${now}, and ${nameOf(early?.path ?? [])} of its group waits until ${early?.delay?.until}`,
          );
          const late = waiting.filter(({ delay }) => delay && delay.row < row);
          if (late.length > 0) reached("a group waited for one");
        },
        {
          before({ event }, ledger) {
            if (!event || !CUTS.includes(event.type)) return;
            for (const house of ledger.houses) {
              for (const seat of house.seats.values()) {
                const isMeant = (event.path ?? []).every((id, i) => seat.path[i] === id);
                if (isMeant) cut.add(seat);
              }
            }
          },
        },
      );
    },
  }),
];
