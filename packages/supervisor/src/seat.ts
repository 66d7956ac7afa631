// What the state of a slot says about the next launch.

import type { SlotState } from "@steadfast/child-slot";

/** Nobody is there, and nothing is left that would have to be waited for. */
export const isEmpty = ({ phase }: SlotState): boolean => phase.status === "stopped";

const isWanted = ({ open, intent }: SlotState): boolean => open && intent === "active";

/** Somebody may move in. */
export const isFree = (state: SlotState): boolean => isEmpty(state) && isWanted(state);

/** A restart would be carried out or queued, not turned down. */
export const takesRestart = (state: SlotState): boolean =>
  isWanted(state) && !("pending" in state.phase && state.phase.pending);
