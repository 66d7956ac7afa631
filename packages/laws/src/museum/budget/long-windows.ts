// Budgets whose windows are longer than a timer, and what they charge an operator for.

import { refuse } from "@steadfast/policy";
import { spend, unlessSame } from "../reference/budget.js";
import { budgetFault } from "./budget-fault.js";

const WRITTEN = "written to try the kit";
const DAY = 86_400_000;

export const quarterIsADay = budgetFault(
  {
    name: "budget-hints-a-day-at-most",
    defect: "Its hint is a day at most, however long the window is: asked then it refuses.",
    seenIn: `${WRITTEN}: hints beyond what a timer takes`,
  },
  (healthy) => ({
    launch(state, event, now) {
      const [next, answer] = healthy.launch(state, event, now);
      if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
      return [next, refuse(answer.reason, Math.min(DAY, answer.retryAfterMs))];
    },
  }),
  { windowMs: 90 * DAY },
);

export const windowIn32Bits = budgetFault(
  {
    name: "budget-window-in-32-bits",
    defect: "A window of more than 25 days wraps: 50 days are some hours.",
    seenIn: `${WRITTEN}: a window beyond 2^31`,
  },
  (_, options) => ({
    exited(state, { failed }, now) {
      const spent = failed ? spend(state, now, options.windowMs % 2 ** 31) : state;
      return unlessSame(state, { ...spent, exitedAt: now });
    },
  }),
  { windowMs: 50 * DAY },
);

export const operatorIsCharged = budgetFault(
  {
    name: "budget-operator-is-charged",
    defect: "An operator's restart is charged like a crash.",
    seenIn: `${WRITTEN}: a restart that somebody ordered`,
  },
  (healthy, { windowMs }) => ({
    launch(state, event, now) {
      if (event.cause !== "operator") return healthy.launch(state, event, now);
      const [next, answer] = healthy.launch(state, event, now);
      return [spend(next, now, windowMs), answer];
    },
  }),
);
