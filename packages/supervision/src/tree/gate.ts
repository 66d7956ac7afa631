// The gate of a plan: when everybody whom it waits for may be started.

import type { Plan, TreeChild } from "./state.js";

type Waiting = Pick<TreeChild, "wait">;

/**
 * The plan with the gate that follows from the waits as they are now; who does not wait any more is left out. The
 * same plan where nothing has changed.
 */
export function gateOf(plan: Plan, look: (ordinal: number) => Waiting | null): Plan {
  const waits: number[] = [];
  let gateAt: number | null = -Infinity;
  for (const ordinal of plan.waits) {
    const { wait } = look(ordinal) as Waiting;
    if (!wait) continue;
    waits.push(ordinal);
    if (wait.for === "not-yet") gateAt = null;
    else if (gateAt !== null) gateAt = Math.max(gateAt, wait.until);
  }
  const at = waits.length > 0 ? gateAt : null;
  const isSame = waits.length === plan.waits.length && at === plan.gateAt;
  return isSame ? plan : { ...plan, waits, gateAt: at };
}
