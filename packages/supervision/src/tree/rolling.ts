// Rolling restarts: every replica is restarted, in order, a few at a time. The next is stopped only when
// enough of the others are up; those that are down anyway count. While a plan is at work nobody is stopped.

import { recycle } from "../orders.js";
import type { TreeDraft } from "./draft.js";
import type { TreeOrder } from "./events.js";
import type { Member } from "./member.js";
import type { Roll } from "./state.js";

type RollOrder = Extract<TreeOrder, { readonly type: "roll" }>;

export function beginRoll(draft: TreeDraft, { id, ref, maxUnavailable }: RollOrder): void {
  if (draft.end) return draft.answer(ref, "shutdown");
  if (draft.rolls.some((roll) => roll.id === id)) return draft.answer(ref, "already-rolling");
  const members = membersOf(draft, id);
  const most = maxUnavailable ?? draft.rules.kinds.get(id)?.maxUnavailable ?? 1;
  if (members.length === 0 && !draft.rules.named.has(id)) return draft.answer(ref, "not-found");
  const left = members.map(({ ordinal, slot }) => [ordinal, slot.generation] as const);
  draft.rolls = [...draft.rolls, { id, ref, maxUnavailable: Math.max(1, most), left }];
}

/** Those who stand for a name: its replicas, or the child itself. */
function membersOf(draft: TreeDraft, id: string): readonly Member[] {
  const names = draft.rules.named.get(id) ?? [id];
  return names.flatMap((name) => draft.find(name) ?? []);
}

/** Goes on with the oldest rolling restart that can; whether anything has happened. */
export function advanceRolls(draft: TreeDraft): boolean {
  return !draft.end && draft.rolls.some((roll) => advanceRoll(draft, roll));
}

function advanceRoll(draft: TreeDraft, roll: Roll): boolean {
  const left = roll.left.filter(([ordinal, generation]) => {
    const member = draft.member(ordinal);
    const isNew = member?.isReady() && member.slot.generation > generation;
    return !isNew && member?.slot.intent !== "paused";
  });
  const isLost = left.some(([ordinal]) => draft.member(ordinal)?.done ?? true);
  const isOver = left.length === 0 || isLost;
  if (isOver) draft.answer(roll.ref, isLost ? "gave-up" : null);
  else if (left.length === roll.left.length) return restartNext(draft, roll);
  const rest = isOver ? [] : { ...roll, left };
  draft.rolls = draft.rolls.flatMap((one) => (one === roll ? rest : one));
  return true;
}

function restartNext(draft: TreeDraft, { id, left, maxUnavailable }: Roll): boolean {
  if (draft.isAtWork()) return false;
  const members = membersOf(draft, id);
  const isDown = (one: Member) => !one.isReady() && one.slot.intent !== "paused";
  if (members.filter(isDown).length >= maxUnavailable) return false;
  const next = left
    .map(([ordinal]) => draft.member(ordinal) as Member)
    .find((member) => member.isReady());
  if (!next) return false;
  draft.touch(next, () => recycle(next, "roll"));
  return true;
}
