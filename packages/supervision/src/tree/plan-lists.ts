// A plan as a value: who stands in it, whether it is at work, and how it changes.

import type { Millis } from "@steadfast/policy";
import type { Plan, PlanOrder } from "./state.js";

export const idle: Plan = {
  stop: [],
  stopping: 0,
  start: [],
  begun: 0,
  starting: [],
  waits: [],
  gateAt: null,
  openAt: null,
  lateAt: null,
  boot: false,
  ops: [],
};

/** Where a number stands in a part of an ascending list; -1 for nowhere. */
function placeOf(list: readonly number[], one: number, from: number, to: number): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = list[middle] as number;
    if (found === one) return middle;
    if (found < one) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** It is being ended, or will be. */
export const isInStop = (plan: Plan | null, ordinal: number): boolean =>
  plan !== null && placeOf(plan.stop, ordinal, 0, plan.stopping) >= 0;

/** It will be started. */
export const isInStart = (plan: Plan | null, ordinal: number): boolean =>
  plan !== null && placeOf(plan.start, ordinal, plan.begun, plan.start.length) >= 0;

/** Who will be started. */
export const leftToStart = ({ start, begun }: Plan): readonly number[] => start.slice(begun);

/** Whether every wait of the plan is over. */
export const isGateOpen = ({ openAt, waits, gateAt }: Plan, now: Millis): boolean =>
  openAt !== null || waits.length === 0 || (gateAt !== null && gateAt <= now);

/** Stopping, starting, or about to start. */
export const isAtWork = (plan: Plan | null, now: Millis): boolean =>
  plan !== null && (plan.stopping > 0 || plan.starting.length > 0 || isGateOpen(plan, now));

/** When time alone lets the plan go on; null for never. */
export const gateDeadline = (plan: Plan | null): Millis | null =>
  plan && plan.stopping === 0 ? (plan.openAt === null ? plan.gateAt : plan.lateAt) : null;

/** Both ascending lists in one, each number once. */
export function union(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const both: number[] = [];
  let i = 0;
  let k = 0;
  while (i < one.length || k < other.length) {
    const a = one[i] ?? Infinity;
    const b = other[k] ?? Infinity;
    both.push(Math.min(a, b));
    if (a <= b) i++;
    if (b <= a) k++;
  }
  return both;
}

export const without = (list: readonly number[], one: number): readonly number[] =>
  list.includes(one) ? list.filter((other) => other !== one) : list;

/** It is not started by the plan any more; whether it is waited for is the gate's. */
export function withoutStart(plan: Plan, ordinal: number): Plan {
  const start = isInStart(plan, ordinal) ? without(plan.start, ordinal) : plan.start;
  const starting = without(plan.starting, ordinal);
  const isSame = start === plan.start && starting === plan.starting;
  return isSame ? plan : { ...plan, start, starting };
}

/** The order is not the plan's any more. */
export const withoutOp = (plan: Plan, op: PlanOrder): Plan => ({
  ...plan,
  ops: plan.ops.filter((one) => one !== op),
});
