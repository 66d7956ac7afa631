// Does what a stop plan says to one running child. Nothing here waits, and nothing here throws: that
// there is nobody left to be signalled is the normal end of a race, everything else is a fault.

import { type ChildProcess, type Serializable, spawn } from "node:child_process";
import { isNobody } from "./process-group.js";
import type { StopStep } from "./stop-plan.js";

/**
 * Carries out the steps of a plan, in order.
 *
 * Must not be called after the child's `exit` event: its number may then belong to somebody else.
 * `reason` goes into the message of a `message` step; signals carry none.
 */
export function carryOut(
  steps: readonly StopStep[],
  child: ChildProcess,
  reason: string,
  onFault: (error: unknown) => void,
): void {
  const { pid } = child;
  if (pid === undefined) return;

  function perform(step: StopStep, pid: number): void {
    if (step.via === "message") {
      const message = (step.message ?? { steadfast: "stop", reason }) as Serializable;
      child.send(message, (error) => error && onFault(error));
    } else if (step.via === "stdin") {
      child.stdin?.end();
    } else if (step.via === "kill") {
      child.kill("SIGKILL");
    } else if (step.via === "taskkill") {
      const args = ["/pid", `${pid}`, "/T", "/F"];
      spawn("taskkill", args, { stdio: "ignore", windowsHide: true }).on("error", (error) => {
        onFault(error);
        child.kill("SIGKILL");
      });
    } else if (step.to === "group") {
      process.kill(-pid, step.signal);
    } else {
      child.kill(step.signal);
    }
  }

  for (const step of steps) {
    try {
      perform(step, pid);
    } catch (error) {
      if (!isNobody(error)) onFault(error);
    }
  }
}
