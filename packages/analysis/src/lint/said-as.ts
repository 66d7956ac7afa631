// What the user called an option of a policy deep inside a preset: a preset keeps the options that it was
// given in its description, and one of them has the same value, or one more (a burst of five starts is a
// budget of four retries).

import type { PolicyDescription } from "@steadfast/policy";
import { isCombinator, type Place } from "./places.js";

export interface Said {
  /** Whose option it is. */
  readonly owner: string;
  readonly name: string;
  /** How much larger it is there than inside. */
  readonly more: 0 | 1;
}

const COUNTS = /limit|burst|retries|restarts|max|intensity|count/i;
const SPANS = /window|interval|period|range|within/i;
const TIMES = /Ms$/;

/** `value` is that of the policy's own option. */
export function saidAs({ description, within }: Place, option: string, value: number): Said {
  const isCount = !TIMES.test(option);
  const words = isCount ? COUNTS : option === "windowMs" ? SPANS : TIMES;
  for (const outer of within.toReversed()) {
    if (isCombinator(outer.kind)) continue;
    for (const more of option === "retries" ? ([1, 0] as const) : ([0] as const)) {
      const names = namesOf(outer, words, value + more);
      if (names.length === 1) return { owner: outer.kind, name: names[0] as string, more };
    }
  }
  return { owner: description.kind, name: option, more: 0 };
}

function namesOf({ options }: PolicyDescription, words: RegExp, value: number): string[] {
  return Object.keys(options).filter((name) => words.test(name) && options[name] === value);
}
