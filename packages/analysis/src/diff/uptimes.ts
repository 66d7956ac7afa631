// How long a child may live so that something may depend on it: no time, one millisecond, the durations
// that the two policies say matter, their sums and differences, each also one more and one less; and what
// makes an exit fall such a duration after an earlier event of the trace.

import type { Millis } from "@steadfast/policy";
import { listOf } from "./chain.js";
import type { Side } from "./sides.js";
import type { Twin } from "./twin.js";

const MOST_TIMES = 12;
const LONGEST = 2 ** 44;

/** The durations that matter, the shortest first. */
export function timesOf(sides: readonly [Side, Side]): readonly Millis[] {
  const all = sides.flatMap(({ policy, rules }) => [
    ...policy.describe.timesMs,
    rules.healthyAfterMs + 1, // a life that is longer is healthy
  ]);
  return [...new Set(all)]
    .filter((ms) => Number.isSafeInteger(ms) && ms > 0 && ms < LONGEST)
    .sort((one, other) => one - other)
    .slice(0, MOST_TIMES);
}

/** Lives that matter whatever happened before, the shortest first. */
export function plainUptimes(times: readonly Millis[]): readonly Millis[] {
  const pairs = times.flatMap((one) => times.flatMap((other) => [one + other, one - other]));
  return inOrder([0, 1, ...[...times, ...pairs].flatMap(around)]);
}

/** Lives after which the child ends a duration that matters after an earlier event. */
export function timedUptimes({ rows, at }: Twin, times: readonly Millis[]): readonly Millis[] {
  const instants = [...new Set(listOf(rows).map((row) => row.at))];
  return inOrder(instants.flatMap((instant) => times.flatMap((ms) => around(instant + ms - at))));
}

function around(ms: number): number[] {
  return [ms - 1, ms, ms + 1];
}

function inOrder(all: readonly number[]): readonly Millis[] {
  return [...new Set(all)].filter((ms) => ms >= 0).sort((one, other) => one - other);
}
