// How the twin begins, and how it goes on from a saved state under a new host.

import type { Act } from "./act.js";
import { isDown } from "./member.js";
import type { Kid, TwinPlan } from "./words.js";

export function begin(act: Act): void {
  const { s } = act;
  if (s.begun) return goOnFrom(act);
  s.begun = true;
  const plan = act.planned();
  plan.boot = true;
  plan.strict = act.rules.startFailure === "end";
  plan.start = s.kids.map(({ id }) => id);
}

/** Everybody who was there is gone with the old host; who was wanted is started again, in one plan. */
function goOnFrom(act: Act): void {
  const { s } = act;
  const saved = s.plan;
  const { end } = s;
  s.plan = null;
  // What the old host had ordered is nobody's any more.
  s.rolls = [];
  s.later = s.later.filter((item) => !("order" in item));
  const start: string[] = [];
  for (const kid of s.kids) {
    const isWanted = wanted(act, saved, kid);
    lose(act, saved, kid);
    if (isWanted && kid.wait) kid.held = true;
    if (isWanted) start.push(kid.id);
    else if (act.kind(kid).restart === "temporary" && isLeaving(saved, kid)) act.remove(kid);
  }
  if (end) {
    s.end = null;
    return act.endAll(end);
  }
  if (start.length === 0) return;
  const plan = act.planned();
  Object.assign(plan, { start, boot: !s.up });
  plan.strict = act.rules.startFailure === "end";
}

const isLeaving = (saved: TwinPlan | null, kid: Kid) =>
  kid.done || (saved?.stop.includes(kid.id) ?? false);

/** It was alive and was to stay so, or was to be started, or is new. Its own wait goes on. */
function wanted(act: Act, saved: TwinPlan | null, kid: Kid): boolean {
  if (kid.slot.intent !== "active" || act.lateOf(kid.id).length > 0) return false;
  if (kid.wait && !kid.held) return saved?.starting.includes(kid.id) ?? false;
  if (saved?.start.includes(kid.id)) return true;
  return !isLeaving(saved, kid) && (!isDown(kid.slot) || kid.slot.attempt === 0);
}

function lose(act: Act, saved: TwinPlan | null, kid: Kid): void {
  if (isDown(kid.slot)) return;
  kid.inner = null;
  const member = act.member(kid);
  const { phase, generation } = kid.slot;
  // Nobody is launched in its place: that is for the plan.
  if (phase.status === "cancelling" && phase.pending) member.move({ type: "halt" });
  act.losing = { wasStopping: act.s.end !== null || (saved?.stop.includes(kid.id) ?? false) };
  member.move({ type: "exited", generation, exit: { kind: "lost" } });
  act.losing = null;
}
