// How a plan of the twin goes on: those that are to go, one behind the other; the gate; those that are to come.

import type { Act } from "./act.js";
import { isDown, isUp } from "./member.js";
import type { Kid, TwinPlan } from "./words.js";

/** As far as it can at this instant. */
export function advance(act: Act): boolean {
  let hasMoved = false;
  while (act.s.plan && move(act, act.s.plan)) hasMoved = true;
  return hasMoved;
}

function move(act: Act, plan: TwinPlan): boolean {
  if (plan.stop.length > 0) return stopNext(act, plan);
  if (act.s.end) return false;
  if (plan.start.length === 0) return end(act, plan);
  if (!plan.open) {
    if (!act.isOpen(plan)) return false;
    plan.open = true;
    plan.openedAt = act.now;
  }
  return act.rules.isGraph ? startReady(act, plan) : startNext(act, plan);
}

function stopNext(act: Act, plan: TwinPlan): boolean {
  const leaving = plan.stop.map((id) => act.find(id)).filter((kid) => kid !== undefined);
  const isBlocked = (kid: Kid) =>
    leaving.some(
      (other) => other !== kid && !isDown(other.slot) && act.standsBehind(other, kid.id),
    );
  const asked = act.rules.isGraph
    ? leaving.filter((kid) => !isBlocked(kid)).reverse()
    : leaving.slice(-1);
  for (const kid of asked) {
    if (isDown(kid.slot)) {
      left(act, plan, kid);
      return true;
    }
  }
  for (const kid of asked) {
    const before = kid.slot;
    act.member(kid).move({ type: "halt" });
    if (kid.slot !== before && isDown(kid.slot)) return true;
  }
  return false;
}

function left(act: Act, plan: TwinPlan, kid: Kid): void {
  plan.stop = plan.stop.filter((id) => id !== kid.id);
  const isTemporary = act.kind(kid).restart === "temporary";
  for (const op of plan.ops.filter((one) => one.id === kid.id && one.type === "terminate-child")) {
    act.finish(op);
  }
  if (isTemporary && !plan.start.includes(kid.id) && !act.s.end) act.remove(kid);
}

function end(act: Act, plan: TwinPlan): boolean {
  act.s.plan = null;
  if (plan.boot && !act.s.up) {
    act.s.up = true;
    act.out.push({ type: "up" });
  }
  for (const { ref } of plan.ops) act.answered(ref);
  return true;
}

function startNext(act: Act, plan: TwinPlan): boolean {
  const [id] = plan.start;
  const kid = act.find(id);
  if (kid?.slot.intent !== "active") {
    plan.start = plan.start.slice(1);
    return true;
  }
  if (plan.starting.includes(kid.id)) return isUp(kid) && there(act, plan, kid);
  // A tree that has ended as soon as it began waits for the next tick: every step has an end.
  if (act.member(kid).launchedNow) return false;
  launch(act, plan, kid);
  return true;
}

function there(act: Act, plan: TwinPlan, kid: Kid): boolean {
  act.unplan(kid.id);
  for (const op of plan.ops.filter((one) => one.id === kid.id && one.type !== "terminate-child")) {
    act.finish(op);
  }
  return true;
}

function launch(act: Act, plan: TwinPlan, kid: Kid): void {
  plan.starting = [...plan.starting, kid.id];
  if (!isDown(kid.slot)) return;
  const isAdmitted = kid.wait?.for === "delay" && kid.wait.cause === "start";
  act.dropWait(kid);
  const member = act.member(kid);
  if (kid.slot.attempt > 0) return member.occupy("restart");
  if (isAdmitted) return member.occupy("start");
  // The first launch is asked for: where launches are counted, it counts.
  member.request("start");
}

// --- with a graph

function startReady(act: Act, plan: TwinPlan): boolean {
  for (const id of plan.start) {
    const kid = act.find(id);
    if (kid?.slot.intent !== "active") {
      act.unplan(id);
      return true;
    }
    if (plan.starting.includes(id)) {
      if (isUp(kid)) return there(act, plan, kid);
      continue;
    }
    const state = standing(act, plan, kid);
    if (state === "there") {
      launch(act, plan, kid);
      return true;
    }
    if (state === "never" && !act.failedNow.has(id)) {
      act.failedNow.add(id);
      act.startFailed(kid, false, act.member(kid));
      return true;
    }
  }
  return false;
}

/** Whether all that it is started after are there. */
function standing(act: Act, plan: TwinPlan, kid: Kid): "there" | "never" | "wait" {
  const { after, startTimeoutMs } = act.kind(kid);
  let state: "there" | "wait" = "there";
  for (const { id, until } of after) {
    for (const one of act.replicasOf(id)) {
      if (until === "ready" ? isUp(one) : isDown(one.slot) && one.completed) continue;
      if (isDown(one.slot) && !act.isAwaited(one)) return "never";
      state = "wait";
    }
    if (act.replicasOf(id).length === 0) return "never";
  }
  const isLate = startTimeoutMs !== null && act.now >= plan.openedAt + startTimeoutMs;
  return state === "wait" && isLate ? "never" : state;
}

/** When the first of those that wait for others is too late. */
export function timeouts(act: Act): number[] {
  const { plan } = act.s;
  if (!plan?.open || !act.rules.isGraph) return [];
  return plan.start.flatMap((id) => {
    const kid = act.find(id);
    if (!kid || plan.starting.includes(id)) return [];
    const { startTimeoutMs } = act.kind(kid);
    if (standing(act, plan, kid) === "never") return [plan.openedAt];
    return startTimeoutMs === null ? [] : [plan.openedAt + startTimeoutMs];
  });
}
