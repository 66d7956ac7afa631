// What the state of a slot says about the next launch.

import type { SlotState } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";

/** Nobody is there, and nothing is left that would have to be waited for. */
export const isEmpty = ({ phase }: SlotState): boolean => phase.status === "stopped";

/** Somebody is there and was not asked to end. */
export const isUp = ({ phase }: SlotState): boolean =>
  phase.status !== "stopped" && phase.status !== "cancelling";

export const isWanted = ({ open, intent }: SlotState): boolean => open && intent === "active";

/** Somebody may move in. */
export const isFree = (state: SlotState): boolean => isEmpty(state) && isWanted(state);

/** A restart would be carried out or queued, not turned down. */
export const takesRestart = (state: SlotState): boolean =>
  isWanted(state) && !("pending" in state.phase && state.phase.pending);

/** The first whole instant that is at least `ms` after `now`; at most the largest whole number. */
export function instantAfter(now: Millis, ms: number): Millis {
  return Math.min(now + Math.ceil(ms), Number.MAX_SAFE_INTEGER);
}
