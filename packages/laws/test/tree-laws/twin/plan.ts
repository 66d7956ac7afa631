// How a plan of the twin goes on: those that are to go, one behind the other; the gate; those that are to come.

import type { Act } from "./act.js";
import { isDown, isUp } from "./member.js";
import type { Kid, TwinPlan } from "./words.js";

/** One move; whether there was one. */
export const advance = (act: Act): boolean => act.s.plan !== null && move(act, act.s.plan);

function move(act: Act, plan: TwinPlan): boolean {
  const up = plan.starting.find((id) => isUp(act.find(id) as Kid));
  if (up) return there(act, plan, act.find(up) as Kid);
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
  const { isGraph } = act.rules;
  const down = (isGraph ? leaving : leaving.slice(-1)).findLast(({ slot }) => isDown(slot));
  if (down) {
    left(act, plan, down);
    return true;
  }
  const asked = isGraph ? leaving.filter((kid) => !isBlocked(kid)).reverse() : leaving.slice(-1);
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
  const failed = plan.ops.find(({ id, type }) => id === kid.id && type !== "terminate-child");
  if (failed && kid.done && !act.s.end) {
    act.finish(failed, "start-failed");
    if (failed.type === "start-child") return act.remove(kid);
  }
  if (isTemporary && !plan.start.includes(kid.id) && !act.s.end) act.remove(kid);
}

function end(act: Act, plan: TwinPlan): boolean {
  act.s.plan = null;
  if (plan.boot && !act.s.up && !act.s.lost) {
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
  if (plan.starting.includes(kid.id)) return false;
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
  const { wait } = kid;
  const isAdmitted = wait?.for === "delay" && wait.cause === "start";
  if (wait && kid.slot.attempt === 0 && !(isAdmitted && wait.until <= act.now)) {
    // Its first launch waits, and goes on with that.
    kid.held = false;
    return;
  }
  act.dropWait(kid);
  kid.completed = false;
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
    if (plan.starting.includes(id)) continue;
    const state = standing(act, plan, kid);
    // As above: that is for the next tick.
    if (act.member(kid).launchedNow) continue;
    if (state === "there") {
      launch(act, plan, kid);
      return true;
    }
    if (state === "never") {
      inVain(act, plan, kid);
      return true;
    }
  }
  return false;
}

/** No restart of its own can bring about what is missing: an order has failed, or the whole tree. */
function inVain(act: Act, plan: TwinPlan, kid: Kid): void {
  const op = plan.ops.find(({ id, type }) => id === kid.id && type !== "terminate-child");
  if (!op) return act.endAll({ type: "start-failed", path: [kid.id] });
  act.unplan(kid.id);
  act.finish(op, "start-failed");
  if (op.type === "start-child") act.remove(kid);
  else {
    kid.done = true;
    kid.begunAt = null;
  }
}

/** Whether all that it is started after are there. */
function standing(act: Act, plan: TwinPlan, kid: Kid): "there" | "never" | "wait" {
  const needs = act
    .needsOf(act.entryOf(kid.id))
    .flatMap(({ id, until }) =>
      (act.rules.entries.get(id) ?? []).map((name) => needed(act, plan, name, until)),
    );
  if (needs.includes("never")) return "never";
  if (!needs.includes("wait")) return "there";
  const { startTimeoutMs } = act.kind(kid);
  const isLate = startTimeoutMs !== null && act.now >= plan.openedAt + startTimeoutMs;
  return isLate ? "never" : "wait";
}

function needed(act: Act, plan: TwinPlan, name: string, until: "ready" | "completed") {
  const one = act.find(name);
  if (!one) return until === "completed" && act.s.gone[name] ? "there" : "never";
  if (plan.start.includes(name) && !plan.starting.includes(name)) return "wait";
  if (until === "completed" ? one.completed : isUp(one)) return "there";
  return one.done ? "never" : "wait";
}

/** When the first of those that wait for others is too late. */
export function timeouts(act: Act): number[] {
  const { plan } = act.s;
  if (!plan?.open || !act.rules.isGraph) return [];
  return plan.start.flatMap((id) => {
    const kid = act.find(id);
    if (!kid || plan.starting.includes(id)) return [];
    const { startTimeoutMs } = act.kind(kid);
    if (standing(act, plan, kid) !== "wait") return [plan.openedAt];
    return startTimeoutMs === null ? [] : [plan.openedAt + startTimeoutMs];
  });
}
