// Small policies for trees: a constant delay, and refusals for a time or for good.

import { launch, type Millis, type RestartPolicy, refuse, restartPolicy } from "@steadfast/policy";

export const delay = (ms: Millis): RestartPolicy =>
  restartPolicy({
    name: "delay",
    launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : ms)],
  });

/** A constant delay before the first launch; restarts come at once. */
export const startAfter = (ms: Millis): RestartPolicy =>
  restartPolicy({
    name: "start-after",
    launch: (state, { cause }) => [state, launch(cause === "start" ? ms : 0)],
  });

/** As many restarts as that, then never. */
export const atMost = (most: number): RestartPolicy =>
  restartPolicy<number>({
    name: "at-most",
    initial: () => 0,
    launch: (used, { cause }) =>
      cause !== "restart"
        ? [used, launch()]
        : used < most
          ? [used + 1, launch()]
          : [used, refuse("spent", null)],
    reset: () => 0,
    parse: (raw) => raw as number,
  });

/** As many restarts as that, then it is done. */
export const doneAfter = (most: number): RestartPolicy =>
  restartPolicy<number>({
    name: "done-after",
    initial: () => 0,
    launch: (used, { cause }) => {
      if (cause !== "restart") return [used, launch()];
      return used < most ? [used + 1, launch()] : [used, refuse("stop-when", null)];
    },
    parse: (raw) => raw as number,
  });

/** No restart before an instant. */
export const notBefore = (at: Millis): RestartPolicy =>
  restartPolicy<null>({
    name: "not-before",
    initial: () => null,
    launch: (state, { cause }, now) => [
      state,
      cause !== "restart" || now >= at ? launch() : refuse("too-early", at - now),
    ],
    parse: () => null,
  });

/** No start before an instant. */
export const startAt = (at: Millis): RestartPolicy =>
  restartPolicy<null>({
    name: "start-at",
    initial: () => null,
    launch: (state, _, now) => [state, now >= at ? launch() : refuse("too-early", at - now)],
    parse: () => null,
  });
