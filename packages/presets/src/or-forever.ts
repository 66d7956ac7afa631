// Times for which a source also has "infinity". Infinity and null both say so; null is what is kept,
// since a description is plain JSON.

import type { Millis, OptionsReader } from "@steadfast/policy";

interface Range {
  readonly max: number;
  readonly default: number | null;
}

const isForever = (value: unknown) => value === null || value === Number.POSITIVE_INFINITY;

function orForever(kind: "whole" | "finite", isOne: (value: unknown) => boolean) {
  return <Options>(
    read: OptionsReader<Options>,
    key: keyof Options & string,
    { max, default: otherwise }: Range,
  ): number | null => {
    const isTime = (value: unknown) =>
      isOne(value) && (value as number) >= 0 && (value as number) <= max;
    const allowed = `a ${kind} number from 0 to ${max}, Infinity or null`;
    const passes = (value: unknown) => isForever(value) || isTime(value);
    const given: unknown = read.checked(key, allowed, passes, otherwise ?? Infinity);
    return isForever(given) ? null : (given as number) + 0; // -0 becomes 0
  };
}

/** A whole number from 0 to `max`, or null for a time that never comes. */
export const wholeOrForever: <Options>(
  read: OptionsReader<Options>,
  key: keyof Options & string,
  range: Range,
) => Millis | null = orForever("whole", Number.isSafeInteger);

/** The same, fractions allowed. */
export const finiteOrForever = orForever("finite", Number.isFinite);
