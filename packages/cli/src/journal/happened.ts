// What a journal says about the lives of its children, as a simulated tree would have it: for the same time line. An attempt counts as up
// from its launch on, since a journal has no word about readiness.

import type { SimulatedChild, TreeHappened, TreeSimulation } from "@steadfast/analysis";
import type { ChildJournal } from "./read-journal.js";

/** What a child is called that has no name in its journal. */
const NAMELESS = "child";

export interface Lived {
  readonly simulation: TreeSimulation;
  /** The instant of the first entry, in epoch milliseconds: instants of the time line run from there. */
  readonly from: number;
}

export function livedIn(journals: readonly ChildJournal[]): Lived {
  const instants = journals.flatMap(({ lines }) => lines.map(({ entry }) => entry.at));
  const from = Math.min(...instants);
  const happened = journals.flatMap((one) => happenedIn(one, from)).sort((a, b) => a.at - b.at);
  const last = Math.max(...instants.map((at) => at - from), ...happened.map(({ at }) => at));
  const untilMs = last + 1;
  return {
    from,
    simulation: {
      happened,
      children: Object.fromEntries(
        journals.map(({ child }) => [child ?? NAMELESS, countedIn(happened, child ?? NAMELESS)]),
      ),
      untilMs,
      endedAt: null,
      end: "horizon",
      why: null,
      child: null,
    },
  };
}

function happenedIn({ child: name, lines }: ChildJournal, from: number): TreeHappened[] {
  const child = name ?? NAMELESS;
  return lines.flatMap(({ entry: { at: instant, event, decision } }): TreeHappened[] => {
    const at = instant - from;
    if (event.type === "exited") {
      return [{ at, child, type: "exited", exit: event.exit, failed: event.failed }];
    }
    if (event.type !== "launch") return [];
    if (decision.type === "refuse") {
      const { reason, retryAfterMs } = decision;
      return [{ at, child, type: "refused", reason, retryAfterMs }];
    }
    if (decision.type !== "launch") return [];
    const launched = at + Math.ceil(decision.delayMs);
    return [
      { at: launched, child, type: "launched", cause: event.cause },
      { at: launched, child, type: "ready" },
    ];
  });
}

function countedIn(happened: readonly TreeHappened[], child: string): SimulatedChild {
  let [launches, failures, uptimeMs, since] = [0, 0, 0, 0];
  for (const one of happened) {
    if (one.child !== child) continue;
    if (one.type === "launched") {
      launches += 1;
      since = one.at;
    }
    if (one.type !== "exited") continue;
    failures += one.failed ? 1 : 0;
    uptimeMs += Math.max(0, one.at - since);
  }
  return { launches, failures, uptimeMs };
}
