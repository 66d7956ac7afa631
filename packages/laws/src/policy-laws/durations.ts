// What a policy says about its own size: the durations with which gaps scale, and the counts with which
// bursts do.

import type { Json, Millis, PolicyDescription } from "@steadfast/policy";

/** Beyond this no script goes, so that instants stay exact: some 1 100 years. */
export const LONGEST_MS = 2 ** 45;
/** 64 of them still are exact. */
const LONGEST_TOGETHER_MS = 2 ** 46;
/** Larger counts are beyond the reach of a burst. */
export const LONGEST_BURST = 1_000;
/** Instants are shifted by a multiple of every duration as long as that stays exact. */
const LARGEST_MULTIPLE = 2 ** 48;

/** A description and those of all that it is made of. JavaScript may have left anything out. */
export function descriptionsIn(
  describe: PolicyDescription | undefined,
): readonly Partial<PolicyDescription>[] {
  return describe ? [describe, ...(describe.members ?? []).flatMap(descriptionsIn)] : [];
}

/** Every duration that matters, without repetition, shortest first. There is always one. */
export function durationsOf(
  describe: PolicyDescription | undefined,
  extra: readonly Millis[],
): readonly Millis[] {
  const distinct = within([...descriptionsIn(describe).flatMap(toldBy), ...extra]);
  return distinct.length > 0 ? distinct.sort((one, other) => one - other) : [10, 1_000];
}

/**
 * As long as all durations one after the other, each member's for itself, with a whole unit more for
 * each coarse clock: what begins within a unit is over at the end of one.
 */
export function allTogetherMs(
  describe: PolicyDescription | undefined,
  extra: readonly Millis[],
): Millis {
  const each = descriptionsIn(describe).flatMap((one) => {
    const ofMembers = new Set((one.members ?? []).flatMap(descriptionsIn).flatMap(toldBy));
    return within(toldBy(one).filter((ms) => !ofMembers.has(ms)));
  });
  const all = [...each, ...unitsIn(describe), ...within(extra)];
  return Math.min(
    LONGEST_TOGETHER_MS,
    all.reduce((sum, ms) => sum + ms, 0),
  );
}

/** The units of all coarse clocks. */
export function unitsIn(describe: PolicyDescription | undefined): readonly Millis[] {
  return descriptionsIn(describe).flatMap(({ kind, options }) =>
    kind === "coarse" ? Number(options?.unitMs) : [],
  );
}

function toldBy({ timesMs = [], windowMs = 0 }: Partial<PolicyDescription>): readonly Millis[] {
  return [...timesMs, windowMs];
}

/** Without repetition, and those that no script reaches as long as one does. */
function within(times: readonly Millis[]): Millis[] {
  const sound = times.filter((ms) => Number.isSafeInteger(ms) && ms > 0);
  return [...new Set(sound.map((ms) => Math.min(ms, LONGEST_MS)))];
}

/** Numbers of events after which something may happen: whole numbers among limits and options. */
export function countsOf(describe: PolicyDescription | undefined): readonly number[] {
  const numbers = descriptionsIn(describe).flatMap(({ limit, options = {} }) => [
    limit,
    ...Object.entries(options).flatMap(([option, value]) => (option.endsWith("Ms") ? [] : [value])),
  ]);
  const counts = numbers.filter(isCount).map(Math.ceil);
  return [...new Set([2, ...counts])].sort((one, other) => one - other);
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number" && value > 0 && value <= LONGEST_BURST;
}

/** The smallest multiple of all durations, or of as many as there is room for, the shortest first. */
export function commonMultiple(times: readonly Millis[]): Millis {
  return times.reduce((multiple, ms) => {
    const next = (multiple / greatestDivisor(multiple, ms)) * ms;
    return next <= LARGEST_MULTIPLE ? next : multiple;
  }, 1);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
