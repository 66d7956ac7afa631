// What is kept ready to be launched. A standby is no attempt: it has no generation, and nothing is
// judged about it but that it is gone.
//
// - Standbys are prepared once an attempt is there, up to the number wanted; a launch uses up the oldest
//   that is ready, and that one is replaced for free, as its launch was admitted.
// - One that is gone by itself counts as an exit, and its replacement as a launch: both go through the
//   policy. Refused for good, it is not replaced until the next launch.
// - Those of another host, in a saved state, are not here: they are forgotten, and their numbers not used again.
// - Where nothing is to be launched any more (a stop, a pause, a hold), all of them are discarded.

import type { Millis } from "@steadfast/policy";
import type { PendingWait, Standby, StandbyState } from "./state.js";

export const noStandbys: StandbyState = { next: 1, list: [], wait: null, spent: false };

/** The oldest that is ready is used up; null if none is. */
export function takeStandby(state: StandbyState): readonly [StandbyState, number | null] {
  const taken = state.list.find(({ up }) => up);
  if (!taken) return [state, null];
  return [{ ...state, list: state.list.filter((one) => one !== taken) }, taken.standby];
}

/** One more is being prepared. */
export function addStandby(state: StandbyState, now: Millis): StandbyState {
  const added: Standby = { standby: state.next, since: now, up: false };
  return { ...state, next: state.next + 1, list: [...state.list, added], wait: null };
}

/** One is ready; the same state if it is not one of them. */
export function standbyUp(state: StandbyState, standby: number): StandbyState {
  if (!state.list.some((one) => one.standby === standby && !one.up)) return state;
  const list = state.list.map((one) => (one.standby === standby ? { ...one, up: true } : one));
  return { ...state, list };
}

/** One is gone; null if it is not one of them. */
export function loseStandby(
  state: StandbyState,
  standby: number,
): readonly [StandbyState, Standby] | null {
  const lost = state.list.find((one) => one.standby === standby);
  return lost ? [{ ...state, list: state.list.filter((one) => one !== lost) }, lost] : null;
}

/** What the policy said about a replacement: a wait, or null for never. */
export function awaitStandby(state: StandbyState, wait: PendingWait | null): StandbyState {
  return { ...state, wait, spent: wait === null };
}

/** Nothing is kept ready any more; the same state where nothing was. */
export function withoutStandbys(state: StandbyState): StandbyState {
  const { next, list, wait, spent } = state;
  return list.length > 0 || wait || spent ? { ...noStandbys, next } : state;
}

/** Those of another host are not here; the same state where there were none. */
export function forgotten(state: StandbyState | null): StandbyState | null {
  return state && state.list.length > 0 ? { ...state, list: [] } : state;
}
