// One event of the twin, from what is due before it to the end of what it leads to.

import type { Act } from "./act.js";
import { begin } from "./begin.js";
import { dynamic, isDynamic, obeyDynamic } from "./dynamic.js";
import { isDown } from "./member.js";
import { obey } from "./orders.js";
import { advance, timeouts } from "./plan.js";
import { report } from "./reports.js";
import { goOn, isRoll } from "./rolls.js";
import type { Heard, Kid } from "./words.js";

const REPORTS = [
  "launched",
  "ready",
  "not-ready",
  "heartbeat",
  "exited",
  "probed",
  "used",
  "standby-up",
  "standby-lost",
];

/** The orders that are answered. */
const ANSWERED = ["restart", "signal", "unhealthy", "recycle"];

export function happen(act: Act): void {
  const { event, s } = act;
  if (s.over) return;
  const path = event.path ?? [];
  const isEnding = ["begin", "stop", "kill"].includes(event.type);
  if (!isEnding) {
    heed(act);
    settleDown(act);
  }
  if (!s.over) take(act, event, path);
  settleDown(act);
}

function take(act: Act, event: Heard, path: readonly string[]): void {
  const isOfTree = isDynamic(event) || isRoll(event);
  if (path.length === 0) return takeOwn(act, event);
  const [id, ...rest] = path;
  const kid = act.find(id);
  const goesDown = rest.length > 0 || (isOfTree && kid && act.kind(kid).tree);
  // A tree on the way has begun again in this step: a report is of those who stood in it before.
  const isAbove = (above: readonly string[]) =>
    above.length < path.length && above.join("/") === path.slice(0, above.length).join("/");
  const hasBegun = act.out.some((one) => one.type === "launched" && isAbove(one.path ?? []));
  if (hasBegun && REPORTS.includes(event.type)) return;
  if (goesDown && kid?.inner) return act.inner(kid, { ...event, path: rest });
  if (!kid || goesDown || isOfTree) return unknown(act, event, path);
  if (REPORTS.includes(event.type)) return report(act, kid, event);
  obey(act, kid, event);
}

/** An order for nobody is answered, a report dropped. */
function unknown(act: Act, event: Heard, path: readonly string[]): void {
  if (isDynamic(event) || isRoll(event)) {
    const before = act.out.length;
    act.answered(event["ref"], "not-found");
    for (let i = before; i < act.out.length; i++) act.out[i] = { ...act.out[i], path } as never;
    return;
  }
  if (!ANSWERED.includes(event.type)) return;
  const answer = event.type === "restart" ? "blocked-by-shutdown" : false;
  act.out.push({ type: "answer", answer, path, attempt: 0, generation: -1 });
}

function takeOwn(act: Act, event: Heard): void {
  const { s } = act;
  switch (event.type) {
    case "begin":
      return begin(act);
    case "stop":
      return act.endAll({ type: "stopped", by: event["by"] });
    case "kill":
      act.endAll({ type: "stopped", by: event["by"] });
      for (const kid of s.kids) act.member(kid).move({ type: "force" });
      return;
    case "fault":
      return act.breaks(null, event["error"]);
    case "reset":
      return resetAll(act);
    default:
      if (isDynamic(event)) return dynamic(act, event);
      if (isRoll(event)) return obeyDynamic(act, event);
  }
}

function resetAll(act: Act): void {
  const { budget } = act.rules;
  if (budget) [act.s.budget] = budget.step(act.s.budget, { type: "reset" }, act.now);
  for (const kid of act.s.kids) {
    act.member(kid).tell({ type: "reset" });
    act.member(kid).forgive("reset");
  }
  act.hasForgiven = true;
}

/** What is due is done before what comes after it. */
function heed(act: Act): void {
  for (const kid of act.s.kids) {
    if (!act.s.kids.includes(kid)) continue;
    const { tree } = act.kind(kid);
    if (tree && kid.inner) {
      const due = tree.deadline(kid.inner);
      if (due !== null && due <= act.now) act.inner(kid, { type: "tick" });
    }
    act.member(kid).tick();
    act.takeFault();
    while (act.askAgain() || act.takeHeard()) act.takeFault();
  }
}

function settleDown(act: Act): void {
  act.takeFault();
  for (let turns = 0; ; turns++) {
    if (turns > 500) throw new Error("the twin does not come to rest");
    if (act.askAgain() || act.takeHeard()) {
      act.takeFault();
      continue;
    }
    if (advance(act) || act.heard.length > 0 || workOffLater(act) || act.startLost() || goOn(act)) {
      act.takeFault();
      continue;
    }
    break;
  }
  const { s } = act;
  if (s.begun && !s.up && !s.end && !s.plan && s.later.length === 0) {
    s.up = true;
    act.out.push({ type: "up" });
  }
  if (!s.end || s.over || !s.kids.every(({ slot }) => isDown(slot))) return;
  s.over = true;
  s.plan = null;
  act.out.push({ type: "settle", outcome: s.end });
}

function workOffLater(act: Act): boolean {
  if (act.isWorking() || act.s.end) return false;
  const item = act.s.later.shift();
  if (!item) return false;
  if ("order" in item) obeyDynamic(act, item.order);
  else if (item.overtaken) {
    // As in OTP, those who were to be started with it stay down.
    if (act.lateOf(item.exitOf).length === 0) act.s.lost = false;
  } else {
    const kid = act.find(item.exitOf);
    const { exit, failed, uptimeMs, declined } = item;
    const gone = { exit, failed, uptimeMs, declined, ordered: false, isStarting: false };
    if (kid) act.judge(kid, gone, act.member(kid));
  }
  return true;
}

/** All timers, sorted. */
export function timersOf(act: Act): number[] {
  const { s } = act;
  if (s.over) return [];
  const { plan } = s;
  const timers = timeouts(act);
  let gate: number | null = null;
  for (const kid of s.kids) {
    const { tree } = act.kind(kid);
    const inner = tree && kid.inner ? tree.deadline(kid.inner) : null;
    if (inner !== null) timers.push(inner);
    timers.push(...act.member(kid).due());
    if (!kid.wait) continue;
    if (kid.wait.for === "not-yet" || !isHeld(act, kid)) timers.push(kid.wait.until);
    else gate = Math.max(gate ?? 0, kid.wait.until);
  }
  const isLeft = plan?.open && plan.starting.length === 0 && plan.start.length > 0;
  if (plan && isLeft && plan.stop.length === 0 && !act.rules.isGraph) timers.push(plan.openedAt);
  const isShut = plan?.start.some((id) => act.find(id)?.wait?.for === "not-yet") ?? false;
  if (gate !== null && plan && !plan.open && plan.stop.length === 0 && !isShut) timers.push(gate);
  return timers.sort((one, other) => one - other);
}

const isHeld = (act: Act, kid: Kid) => act.holds(kid);
