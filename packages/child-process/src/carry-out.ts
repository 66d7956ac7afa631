// Does what a stop plan says to one running child. Nothing here waits, and nothing here throws: that
// there is nobody left to be signalled is the normal end of a race, everything else is a fault.

import { type ChildProcess, spawn } from "node:child_process";
import { processGroup } from "./process-group.js";
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
  for (const step of steps) {
    try {
      perform(step, child, reason, onFault);
    } catch (error) {
      onFault(error);
    }
  }
}

function perform(
  step: StopStep,
  child: ChildProcess,
  reason: string,
  onFault: (error: unknown) => void,
): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (step.via === "message") {
    child.send({ steadfast: "stop", reason }, (error) => {
      if (error) onFault(error);
    });
  } else if (step.via === "taskkill") {
    const args = ["/pid", String(pid), "/T", "/F"];
    const tool = spawn("taskkill", args, { stdio: "ignore", windowsHide: true });
    tool.on("error", (error) => {
      onFault(error);
      child.kill("SIGKILL");
    });
  } else if (step.to === "group") {
    processGroup(pid).signal(step.signal);
  } else {
    child.kill(step.signal);
  }
}
