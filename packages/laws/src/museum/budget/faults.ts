// Budgets that charge the wrong thing.

import { spend, unlessSame } from "../reference/budget.js";
import { budgetFault } from "./budget-fault.js";

export const cleanExitsCost = budgetFault(
  {
    name: "budget-clean-exits-cost",
    defect: "An exit that did not fail is charged like a crash.",
    seenIn: "kubernetes/kubernetes#57291, #21008: a clean exit waits as long as a crash",
  },
  (_, { windowMs }) => ({
    exited: (state, __, now) =>
      unlessSame(state, { ...spend(state, now, windowMs), exitedAt: now }),
  }),
);

export const refusedCrashExtends = budgetFault(
  {
    name: "budget-refused-crash-extends",
    defect: "Each further crash moves the window on, so that its end never comes.",
    seenIn: "rohitg00/agentmemory PR#1350: failures since the last quiet minute",
  },
  (_, { windowMs }) => ({
    exited(state, { failed }, now) {
      const spent = failed ? { ...spend(state, now, windowMs), openedAt: now } : state;
      return unlessSame(state, { ...spent, exitedAt: now });
    },
  }),
);

export const healthIsIgnored = budgetFault(
  {
    name: "budget-health-is-ignored",
    defect: "A child that has become healthy is still charged for its first failure.",
    seenIn: "epics-base-rs 0.20.2 `RestartTracker`: reset by hand only, by no success",
  },
  () => ({ healthy: (state) => state }),
);

export const waitsForQuiet = budgetFault(
  {
    name: "budget-asking-extends",
    defect:
      "A request while it refuses begins the window again: a caller that polls waits forever.",
    seenIn: "rust-tokio-supervisor 0.1.3: a refused attempt is recorded and prolongs the lock-out",
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      const refused = answer.type === "refuse";
      return [refused ? unlessSame(next, { ...next, openedAt: now }) : next, answer];
    },
  }),
);

export const neverEnds = budgetFault(
  {
    name: "budget-never-ends",
    defect: "Its window has no end: spent once, it is spent for the life of the supervisor.",
    seenIn: "pm2 7.0.3: a process that is `errored` stays so until a human comes",
  },
  (healthy, { retries, windowMs }) => ({
    exited: (state, { failed }, now) => {
      const failures = Math.min(state.failures + Number(failed), Number.MAX_SAFE_INTEGER);
      return unlessSame(state, {
        openedAt: state.openedAt ?? (failed ? now : null),
        failures,
        exitedAt: now,
      });
    },
    launch(state, event, now) {
      const spent =
        event.cause === "restart" && state.failures > retries && state.openedAt !== null;
      if (!spent) return healthy.launch(state, event, now);
      return [state, { type: "refuse", reason: "budget-spent", retryAfterMs: windowMs || 1 }];
    },
  }),
);
