// Small policies of the tests' own: the supervisor depends on none.

import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  PolicyStateError,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

function count(raw: unknown): number {
  if (typeof raw === "number") return raw;
  throw new PolicyStateError("", "a number", typeof raw);
}

/** The same delay before every restart. */
export function delay(delayMs: number): RestartPolicy<null> {
  return restartPolicy({
    name: "delay",
    launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : delayMs)],
  });
}

/** The n-th request gets the n-th answer; after the last one every request is refused for good. */
export function answers(...list: readonly LaunchAnswer[]): RestartPolicy<number> {
  return restartPolicy<number>({
    name: "answers",
    initial: () => 0,
    reset: (asked) => asked,
    parse: count,
    launch: (asked) => [asked + 1, list[asked] ?? refuse("no-more-answers", null)],
  });
}

/** Every request is written down; all launch. */
export function asking(asked: LaunchEvent[], answer: () => LaunchAnswer = launch): RestartPolicy {
  return restartPolicy({
    name: "asking",
    launch(state, event) {
      asked.push(event);
      return [state, answer()];
    },
  });
}

/** Willing from this instant on, unwilling before it: a steady policy. */
export function willingFrom(at: number): RestartPolicy<null> {
  return restartPolicy({
    name: "willing-from",
    launch: (state, { cause }, now) => [
      state,
      now >= at || cause === "start" ? launch() : refuse("too-early", at - now),
    ],
  });
}

/** Counts facts since the last reset; unwilling for `waitMs` while any exit is remembered. */
export function untilReset(waitMs: number): RestartPolicy<number> {
  return restartPolicy<number>({
    name: "until-reset",
    initial: () => 0,
    exited: (exits) => exits + 1,
    parse: count,
    launch: (exits) => [exits, exits > 0 ? refuse("exits", waitMs) : launch()],
  });
}
