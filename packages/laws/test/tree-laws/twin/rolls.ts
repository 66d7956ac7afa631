// Rolling restarts of the twin: every replica anew, few of them down at a time.

import type { Act } from "./act.js";
import { isDown, isThere, isUp } from "./member.js";
import type { Heard, Kid, Roll } from "./words.js";

export const isRoll = ({ type }: Heard) => type === "roll";

export function startRoll(act: Act, order: Heard): void {
  const id = order["id"] as string;
  const ref = order["ref"] as number;
  const kids = membersOf(act, id);
  if (kids.length === 0) return act.answered(ref, "not-found");
  if (act.s.rolls.some((roll) => roll.id === id)) return act.answered(ref, "already-rolling");
  const [first] = kids;
  const max = (order["maxUnavailable"] ?? (first && act.kind(first).maxUnavailable)) as number;
  const since = Object.fromEntries(kids.map((kid) => [kid.id, kid.slot.generation]));
  act.s.rolls.push({ id, ref, max, since });
}

function membersOf(act: Act, id: string): Kid[] {
  const replicas = act.replicasOf(id);
  const single = act.find(id);
  return replicas.length > 0 ? replicas : single ? [single] : [];
}

/** Whether something has happened. */
export function goOn(act: Act): boolean {
  for (const roll of act.s.rolls) {
    if (step(act, roll)) return true;
  }
  return false;
}

function step(act: Act, roll: Roll): boolean {
  const left: Kid[] = [];
  let down = 0;
  for (const [id, generation] of Object.entries(roll.since)) {
    const kid = act.find(id);
    if (!kid || kid.done) return over(act, roll, "gave-up");
    if (kid.slot.intent !== "active") continue;
    if (!isUp(kid)) down += 1;
    if (!isUp(kid) || kid.slot.generation <= generation) left.push(kid);
  }
  if (left.length === 0) return over(act, roll);
  if (act.isWorking()) return false;
  const next = left.find(
    (kid) => isThere(kid.slot) && kid.slot.generation <= (roll.since[kid.id] as number),
  );
  if (!next || (isUp(next) && down >= roll.max) || isDown(next.slot)) return false;
  act.member(next).move({ type: "restart", requester: "roll", reason: "rolling restart" });
  return true;
}

function over(act: Act, roll: Roll, error?: string): boolean {
  act.s.rolls = act.s.rolls.filter((one) => one !== roll);
  act.answered(roll.ref, error);
  return true;
}
