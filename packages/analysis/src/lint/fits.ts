// What a limit would have to be so that a crash loop, as it was heard, reaches it: how much of what it counts
// fell into its window at most, and how long a window would have held enough.
//
// - A sliding window looks back from each question.
// - A fixed one (`crashBudget`) is opened by the first that counts, and by the first after its end.

import type { Millis } from "@steadfast/policy";
import type { Heard } from "./crash-loop.js";

export interface Fits {
  /** The most that were counted when a restart was asked for. */
  readonly most: number;
  /** How old the first of so many was then, at least; null if there never were so many. */
  spanMs(count: number): Millis | null;
}

/** `lastsMs`: for how long one counts; at exactly that age it does no more. */
export function fitsOf(heard: Heard, fixed: boolean, lastsMs: Millis): Fits {
  return fixed ? inFixed(heard, lastsMs) : inSliding(heard, lastsMs);
}

function inSliding({ stamps, asks }: Heard, lastsMs: Millis): Fits {
  let most = 0;
  let first = 0;
  for (const { at, count } of asks) {
    while (first < count && at - (stamps[first] as Millis) >= lastsMs) first++;
    most = Math.max(most, count - first);
  }
  const spanMs = (wanted: number) => {
    const spans = asks.flatMap(({ at, count }) =>
      count < wanted ? [] : [at - (stamps[count - wanted] as Millis)],
    );
    return spans.length > 0 ? spans.reduce((one, other) => Math.min(one, other)) : null;
  };
  return { most, spanMs };
}

function inFixed({ stamps, asks }: Heard, lastsMs: Millis): Fits {
  let most = 0;
  let opened = 0;
  let seen = 0;
  for (const { at, count } of asks) {
    for (; seen < count; seen++) {
      const age = (stamps[seen] as Millis) - (stamps[opened] as Millis);
      if (age >= lastsMs) opened = seen;
    }
    const isOpen = count > 0 && at - (stamps[opened] as Millis) < lastsMs;
    if (isOpen) most = Math.max(most, count - opened);
  }
  const spanMs = (wanted: number) => {
    const full = asks.find(({ count }) => count >= wanted);
    return full ? full.at - (stamps[0] as Millis) : null;
  };
  return { most, spanMs };
}
