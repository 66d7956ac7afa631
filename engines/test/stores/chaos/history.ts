// What a chaos run has shown, from the reports of its clients.

import { overfull } from "../../../../config/testing/overfull.ts";
import type { Bound } from "./policy.ts";
import type { Asked } from "./words.ts";

export interface History {
  readonly asked: readonly Asked[];
  /** How many launches the store has granted in all. */
  readonly granted: number;
}

export interface Findings {
  readonly requests: number;
  readonly launched: number;
  readonly granted: number;
  readonly unreachable: number;
  /** Instants that stand in one window and are more than its limit; null for none. */
  readonly overfull: readonly number[] | null;
  /**
   * How many of the launches that a budget in memory would have granted, had it been asked at the same instants, were
   * granted: from 0 to 1.
   */
  readonly share: number;
}

export function findingsOf({ asked, granted }: History, bound: Bound): Findings {
  const answered = asked.filter((one) => one.at !== null);
  const launches = answered
    .filter(({ answer }) => answer === "launch")
    .map(instant)
    .sort(ascending);
  return {
    requests: asked.length,
    launched: launches.length,
    granted,
    unreachable: asked.length - answered.length,
    overfull: overfull(launches, bound),
    share: launches.length / Math.max(1, ideal(answered.map(instant).sort(ascending), bound)),
  };
}

const instant = ({ at }: Asked) => at as number;
const ascending = (one: number, other: number) => one - other;

/** How many of these requests one budget would have granted. */
function ideal(sorted: readonly number[], { limit, windowMs }: Bound): number {
  const taken: number[] = [];
  for (const at of sorted) {
    const oldest = taken[taken.length - limit];
    if (oldest === undefined || at - oldest >= windowMs) taken.push(at);
  }
  return taken.length;
}
