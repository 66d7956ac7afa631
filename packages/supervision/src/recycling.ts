// When an attempt is replaced by plan: at an age, or after so many uses. Each attempt draws its own
// limits, so that children that began together do not go together. Its age counts from when it is ready,
// as systemd's RuntimeMaxSec does: one that takes longer to start than its age would do no work at all.

import { type Millis, subdraw } from "@steadfast/policy";
import type { RecycleSettings } from "./settings.js";
import type { RecycleState, Seat } from "./state.js";

/** What is left of the limits that a draw gives to the attempt that is launched now. */
export function beginRecycling(
  { ageMs, uses, spread }: RecycleSettings,
  draw: number,
): RecycleState {
  const share = 1 - spread * subdraw(draw, "recycle");
  const part = (limit: number | null) =>
    limit === null ? null : Math.max(1, Math.ceil(limit * share));
  return { ageMs: part(ageMs), at: null, uses: part(uses) };
}

/** It is ready: its age begins; one that is ready again is not younger, and stays the same object. */
export function beginAge(seat: Seat, now: Millis): Seat {
  const { recycle } = seat;
  if (recycle === null || recycle.ageMs === null) return seat;
  const at = Math.min(now + recycle.ageMs, Number.MAX_SAFE_INTEGER);
  return { ...seat, recycle: { ...recycle, ageMs: null, at } };
}

/** So much more was used; the same state where that is not counted. */
export function spend(state: RecycleState, uses: number): RecycleState {
  return state.uses === null || uses === 0
    ? state
    : { ...state, uses: Math.max(0, state.uses - uses) };
}

/** Whether its age is reached. */
export const isOld = ({ at }: RecycleState, now: Millis): boolean => at !== null && at <= now;
