// What must hold in every state of a supervision, and at every step.

import type { Effect, Happening, Supervision, SupervisionState } from "@steadfast/supervision";
import { NOW } from "./abstraction.js";
import type { Reality } from "./happenings.js";

/**
 * The name of an invariant.
 * @since 0.1.0
 */
export type SupervisionInvariant =
  | "at-most-one-alive"
  | "no-launch-after-stop"
  | "never-waits-while-alive"
  | "settles-once"
  | "stop-ends"
  | "ticks-come-to-rest"
  | "somebody-or-something";

/** One step: where it began, what was done, where it led. */
export interface Step {
  readonly before: SupervisionState;
  readonly effects: readonly Effect[];
  readonly after: SupervisionState;
  /** What is really there when it is carried out. */
  readonly reality: Reality;
}

/** Lets the effects happen; null if one of them is a launch while somebody is there. */
export function carriedOut(effects: readonly Effect[], before: Reality): Reality | null {
  let { child } = before;
  for (const { type } of effects) {
    if (type === "abandon") child = "none";
    if (type !== "launch") continue;
    if (child !== "none") return null;
    child = "launching";
  }
  return { child };
}

/** The invariants that one step breaks. */
export function brokenBy(step: Step, supervision: Supervision): readonly SupervisionInvariant[] {
  const { before, effects, after } = step;
  const broken: SupervisionInvariant[] = [];
  const count = (type: Effect["type"]) => effects.filter((effect) => effect.type === type).length;
  const reality = carriedOut(effects, step.reality);
  if (!reality) broken.push("at-most-one-alive");
  const isEnding = before.ending !== null || !before.slot.open;
  if (count("launch") > 0 && (isEnding || after.ending?.type === "stopped")) {
    broken.push("no-launch-after-stop");
  }
  if (after.wait && reality && reality.child !== "none") broken.push("never-waits-while-alive");
  const isSettling = after.over && !before.over;
  const isOnce = count("settle") === (isSettling ? 1 : 0);
  if (!isOnce || (after.over && supervision.deadline(after) !== null)) broken.push("settles-once");
  if (reality && reality.child === "none" && isForgotten(after, supervision)) {
    broken.push("somebody-or-something");
  }
  return broken;
}

/** Nobody is there, nothing is waited for, and nobody wanted it so. */
function isForgotten(state: SupervisionState, supervision: Supervision): boolean {
  const { over, slot, held, remote } = state;
  if (over || held || remote?.asking) return false;
  if (slot.phase.status === "stopped" && slot.intent !== "active") return false;
  const due = supervision.deadline(state);
  return due === null;
}

/** The invariants that a state breaks by itself: from there a stop must end, and ticks come to rest. */
export function brokenIn(
  state: SupervisionState,
  supervision: Supervision,
  stopMs: number,
): readonly SupervisionInvariant[] {
  if (state.over) return [];
  const broken: SupervisionInvariant[] = [];
  if (!stopEnds(state, supervision, stopMs)) broken.push("stop-ends");
  if (!comesToRest(state, supervision)) broken.push("ticks-come-to-rest");
  return broken;
}

/** Stopped now, and the child does nothing: it must be over within the grace period and the abandonment. */
function stopEnds(before: SupervisionState, supervision: Supervision, stopMs: number): boolean {
  let now = NOW;
  let [state] = give(supervision, before, { type: "stop", by: "stop" }, now);
  for (let ticks = 0; !state.over && ticks < 20; ticks++) {
    const due = supervision.deadline(state);
    if (due === null || due > NOW + stopMs) return false;
    now = Math.max(now, due);
    [state] = give(supervision, state, { type: "tick" }, now);
  }
  return state.over;
}

/** At one instant no more than two ticks change anything. */
function comesToRest(before: SupervisionState, supervision: Supervision): boolean {
  let state = before;
  for (let ticks = 0; ticks < 3; ticks++) {
    if ((supervision.deadline(state) ?? Infinity) > NOW || state.over) return true;
    const [after, effects] = give(supervision, state, { type: "tick" }, NOW);
    // Until it is known what became of a launch, nothing more is due.
    if (after === state || effects.some(({ type }) => type === "launch")) return true;
    state = after;
  }
  return false;
}

/** One step with the same chance and wall clock as ever. */
export function give(
  supervision: Supervision,
  state: SupervisionState,
  event: Happening,
  now: number,
): readonly [SupervisionState, readonly Effect[]] {
  return supervision.step(state, { ...event, draw: 0.5, wall: 0 }, now);
}
