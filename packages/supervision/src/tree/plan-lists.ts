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

/** Whether a number stands in a part of an ascending list. */
function has(list: readonly number[], one: number, from: number, to: number): boolean {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < one) low = middle + 1;
    else high = middle;
  }
  return low < to && list[low] === one;
}

/** It is being ended, or will be. */
export const isInStop = (plan: Plan | null, ordinal: number): boolean =>
  plan !== null && has(plan.stop, ordinal, 0, plan.stopping);

/** It will be started. */
export const isInStart = (plan: Plan | null, ordinal: number): boolean =>
  plan !== null && has(plan.start, ordinal, plan.begun, plan.start.length);

/** Who will be started. */
export const leftToStart = ({ start, begun }: Plan): readonly number[] => start.slice(begun);

/** Whether every wait of the plan is over. */
export const isGateOpen = ({ waits, gateAt }: Plan, now: Millis): boolean =>
  waits.length === 0 || (gateAt !== null && gateAt <= now);

/** Stopping, starting, or about to start. */
export const isAtWork = (plan: Plan | null, now: Millis): boolean =>
  plan !== null && (plan.stopping > 0 || plan.starting.length > 0 || isGateOpen(plan, now));

/** When time alone lets the plan go on; null for never. */
export const gateDeadline = (plan: Plan | null): Millis | null =>
  plan && plan.stopping === 0 ? (plan.openAt === null ? plan.gateAt : plan.lateAt) : null;

/** Both ascending lists in one, each number once. */
export function union(one: readonly number[], other: readonly number[]): readonly number[] {
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
