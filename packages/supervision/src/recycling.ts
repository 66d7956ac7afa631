// When an attempt is replaced by plan: at an age, or after so many uses. Each attempt draws its own
// limits, so that children that began together do not go together.

import { type Millis, subdraw } from "@steadfast/policy";
import type { RecycleSettings } from "./settings.js";
import type { RecycleState } from "./state.js";

/** What is left of the limits that a draw gives to the attempt that is launched now. */
export function beginRecycling(
  { ageMs, uses, spread }: RecycleSettings,
  draw: number,
  now: Millis,
): RecycleState {
  const share = 1 - spread * subdraw(draw, "recycle");
  const part = (limit: number) => Math.max(1, Math.ceil(limit * share));
  return {
    at: ageMs === null ? null : Math.min(now + part(ageMs), Number.MAX_SAFE_INTEGER),
    uses: uses === null ? null : part(uses),
  };
}

/** So much more was used; the same state where that is not counted. */
export function spend(state: RecycleState, uses: number): RecycleState {
  return state.uses === null || uses === 0
    ? state
    : { ...state, uses: Math.max(0, state.uses - uses) };
}

/** Why it is time: null if it is not. */
export function recycleReason({ at, uses }: RecycleState, now: Millis): "age" | "uses" | null {
  if (uses === 0) return "uses";
  return at !== null && at <= now ? "age" : null;
}
