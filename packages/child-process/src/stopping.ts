// What was ordered of one child, and what it means before and after its exit. A stop is asked for once, a kill
// comes once, and nothing is asked after a kill. After the exit nobody but the rest of the group can be signalled,
// and only by the sweep, which knows whether somebody is there.

import type { ChildProcess } from "node:child_process";
import type { StopReason } from "@steadfast/supervisor";
import { carryOut } from "./carry-out.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import type { StopPlan } from "./stop-plan.js";
import type { Mood } from "./sweep.js";

/** The orders to one child. */
export interface Stopping {
  requestStop(reason: StopReason): void;
  kill(): void;
  /** The child itself has ended. */
  ended(): void;
  /** How the rest of its group is dealt with. */
  mood(): Mood;
  /** What the rest of its group is to be sent now, each once. */
  owed(): readonly NodeJS.Signals[];
}

/** @param hurry called when a kill comes after the exit. */
export function stopping(
  child: ChildProcess,
  plan: StopPlan,
  { killScope, stopSignal }: ProcessSettings,
  fault: (error: unknown) => void,
  hurry: () => void,
): Stopping {
  let isAsked = false;
  let isKilled = false;
  let hasEnded = false;
  const debts: NodeJS.Signals[] = [];

  return {
    requestStop(reason) {
      if (isAsked || isKilled) return;
      isAsked = true;
      if (!hasEnded) carryOut(plan.stop, child, reason, fault);
    },
    kill() {
      if (isKilled) return;
      isKilled = true;
      if (hasEnded) hurry();
      else carryOut(plan.kill, child, "kill", fault);
    },
    ended() {
      hasEnded = true;
      // With the scope `group` the rest was asked together with the child.
      if (!isAsked || killScope === "mixed") debts.push(stopSignal, "SIGCONT");
    },
    mood: () => (isKilled ? "forced" : isAsked ? "patient" : "firm"),
    owed: () => debts.splice(0),
  };
}
