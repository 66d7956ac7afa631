// Laws about starts and stops as a graph: nobody comes before those it waits for, nobody waits for others, and
// nobody goes before those behind it.

import { claim } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { childOf, isGraph, type TreeDesign } from "./design.js";
import { type House, type Seat, seatsOf } from "./house.js";
import type { StoryParts } from "./story.js";
import type { TreeSubject } from "./subject.js";
import { atRow, nameOf, treeLaw, walk } from "./tree-law.js";

const GRAPH: StoryParts = { depth: 2, graphs: true, ends: false };

const NO_GRAPH = "its starts are no graph";
const unfit = ({ given }: TreeSubject) => (given && !isGraph(given) ? NO_GRAPH : null);

type Need = { readonly id: string; readonly until: "ready" | "completed" };

/** What a child waits for: none where it was added, or nothing is known of its tree. */
function needsOf({ design }: House, id: string): readonly Need[] {
  const { after = [] } = (design && childOf(design, id)) ?? {};
  return after.map((one) => {
    const { id: name, until = "ready" } = typeof one === "string" ? { id: one } : one;
    return { id: name, until };
  });
}

/** The names in the list that stand before a child, directly or not. */
function before(design: TreeDesign, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const walkBack = (name: string): void => {
    for (const need of childOf(design, name)?.after ?? []) {
      const next = typeof need === "string" ? need : need.id;
      if (found.has(next)) continue;
      found.add(next);
      walkBack(next);
    }
  };
  walkBack(id);
  return found;
}

/** A plan launches in order; one that is restarted alone, or by an operator, does not wait for others. */
function isByPlan({ design }: House, cause: string): boolean {
  return cause === "start" || (cause === "restart" && design?.strategy !== "one-for-one");
}

const isThere = (seat: Seat, until: Need["until"]): boolean =>
  until === "completed" ? seat.hasCompleted : (seat.present?.isUp ?? false);

export const graphLaws: readonly Law<TreeSubject>[] = [
  treeLaw({
    name: "tree-graph-starts-wait",
    says: "In a tree with `after` a plan launches nobody before all it waits for are up, or have completed.",
    cases: ["one that waits for others was started"],
    casesIn: () => [],
    leastShare: 0.01,
    story: GRAPH,
    unfit,
    check({ taken, design }, reached) {
      // Its turn had come, and it waited for its policy: that launch does not wait for others.
      const waited = new Set<Seat>();
      walk({ taken, design }, ({ row, effect, seat }) => {
        if (effect.type === "refused" || effect.type === "delayed") waited.add(seat);
        if (effect.type !== "launch" && effect.type !== "launched") return;
        const { house } = seat;
        if (waited.delete(seat) || seat.present || !isByPlan(house, effect.cause)) return;
        for (const { id, until } of needsOf(house, seat.id)) {
          for (const need of seatsOf(house, id)) {
            claim(
              isThere(need, until),
              () =>
                `${atRow(row)}: ${nameOf(seat.path)} is launched, and ${nameOf(need.path)}, which it waits for, is not ${until}`,
            );
            reached("one that waits for others was started");
          }
        }
      });
    },
  }),
  treeLaw({
    name: "tree-graph-starts-side-by-side",
    says: "At the beginning of a tree with `after` everybody who waits for nobody is started at once.",
    cases: ["two or more were started at once"],
    casesIn: () => [],
    leastShare: 0.02,
    story: GRAPH,
    unfit,
    check({ taken, design }, reached) {
      if (!isGraph(design)) return;
      const [first] = taken;
      if (!first || first.effects.some(({ type }) => type === "settle" || type === "fault")) return;
      const told = new Set(
        first.effects.flatMap((one) => ("path" in one && one.path ? one.path.slice(0, 1) : [])),
      );
      // What has failed already ends the tree, or its group.
      const isTroubled = first.effects.some(
        (one) => one.type === "refused" || one.type === "exited" || one.type === "request-stop",
      );
      if (isTroubled) return;
      const free = design.children.filter(
        ({ after = [], replicas }) => after.length === 0 && replicas !== 0,
      );
      for (const { id, replicas } of free) {
        const name = replicas === undefined ? id : `${id}.1`;
        claim(
          told.has(name),
          () => `${atRow(0)}: ${name} waits for nobody, and is not started at once`,
        );
      }
      if (free.length > 1) reached("two or more were started at once");
    },
  }),
  treeLaw({
    name: "tree-graph-stops-the-other-way",
    says: "In a tree with `after` a plan asks nobody to end while one that stands behind it, directly or not, is there.",
    cases: ["one behind another was stopped first"],
    casesIn: () => [],
    leastShare: 0.01,
    story: GRAPH,
    unfit,
    check({ taken, design }, reached) {
      walk({ taken, design }, ({ row, effect, seat, taken: one }) => {
        if (effect.type !== "request-stop" || effect.reason !== "halt") return;
        const { house } = seat;
        const known = house.design;
        if (!known || !isGraph(known) || seat.isEnded || one.event?.type === "kill") return;
        const entry = childOf(known, seat.id)?.id;
        if (entry === undefined || house.kinds.has(seat.id)) return;
        for (const other of house.seats.values()) {
          if (house.kinds.has(other.id) || !before(known, other.id).has(entry)) continue;
          claim(
            other.present === null,
            () =>
              `${atRow(row)}: ${nameOf(seat.path)} is asked to end, and ${nameOf(other.path)} behind it is there`,
          );
          reached("one behind another was stopped first");
        }
      });
    },
  }),
];
