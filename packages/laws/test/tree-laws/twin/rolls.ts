// Rolling restarts of the twin: every replica anew, few of them down at a time.

import type { Act } from "./act.js";
import { isDown, isThere, isUp } from "./member.js";
import type { Heard, Kid, Roll } from "./words.js";

export const isRoll = ({ type }: Heard) => type === "roll";

/** At once, also while a plan is at work: those who are meant are those who stand there now. */
export function startRoll(act: Act, order: Heard): void {
  const id = order["id"] as string;
  const ref = order["ref"] as number;
  if (act.s.end) return act.answered(ref, "shutdown");
  if (act.s.rolls.some((roll) => roll.id === id)) return act.answered(ref, "already-rolling");
  const kids = membersOf(act, id);
  if (kids.length === 0 && !act.rules.entries.has(id)) return act.answered(ref, "not-found");
  const max = (order["maxUnavailable"] ?? act.rules.kinds.get(id)?.maxUnavailable ?? 1) as number;
  const since = Object.fromEntries(kids.map((kid) => [kid.id, kid.slot.generation]));
  act.s.rolls.push({ id, ref, max, since, isLost: false });
}

/** The children of an entry of the list, or one child. */
function membersOf(act: Act, id: string): Kid[] {
  const names = act.rules.entries.get(id) ?? [id];
  return act.s.kids.filter((kid) => names.includes(kid.id));
}

/** Whether something has happened. */
export function goOn(act: Act): boolean {
  return !act.s.end && act.s.rolls.some((roll) => step(act, roll));
}

function step(act: Act, roll: Roll): boolean {
  const isPaused = (kid: Kid | undefined) => kid?.slot.intent === "paused";
  const isAnew = (kid: Kid, generation: number) => isUp(kid) && kid.slot.generation > generation;
  for (const [id, generation] of Object.entries(roll.since)) {
    const kid = act.find(id);
    if (kid && (isPaused(kid) || isAnew(kid, generation))) delete roll.since[id];
    else if (roll.isLost || !kid || kid.done) return over(act, roll, "gave-up");
  }
  const left = Object.keys(roll.since);
  if (left.length === 0) return over(act, roll);
  if (act.isWorking()) return false;
  const down = membersOf(act, roll.id).filter((kid) => !isUp(kid) && !isPaused(kid));
  const next = left.map((id) => act.find(id)).find((kid) => kid && isUp(kid));
  if (!next || down.length >= roll.max || !isThere(next.slot) || isDown(next.slot)) return false;
  return act.member(next).recycle("roll");
}

function over(act: Act, roll: Roll, error?: string): boolean {
  act.s.rolls = act.s.rolls.filter((one) => one !== roll);
  act.answered(roll.ref, error);
  return true;
}
