import { launch, refuse, restartPolicy } from "@steadfast/policy";

/** So many restarts after failures, and then never; a reset forgives. */
export const crashBudgetLike = (limit: number) =>
  restartPolicy<number>({
    name: "budget",
    initial: () => 0,
    exited: (state, { failed }) => (failed ? state + 1 : state),
    reset: () => 0,
    launch: (state, { cause }) => [
      state,
      cause === "start" || state <= limit ? launch() : refuse("spent", null),
    ],
    parse: (raw) => raw as number,
  });
