// A signal of the system stops a supervision in order.

import { constants } from "node:os";
import { restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import { exitCode, untilSignals } from "@steadfast/supervisor/node";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const signal = untilSignals(["SIGUSR2"]);
  const endless = taskLauncher(async ({ signal: stop }) => {
    await new Promise((resolve) => stop.addEventListener("abort", resolve));
    stop.throwIfAborted();
  });
  const alive = setInterval(() => {}, 1_000);
  const handle = supervise(endless, { policy: restartOn("permanent"), signal });
  process.kill(process.pid, "SIGUSR2");
  const outcome = await handle.outcome;
  clearInterval(alive);
  signal[Symbol.dispose]();
  same(exitCode(outcome), 128 + constants.signals.SIGUSR2);
  same([outcome.type, outcome.attempts, process.listenerCount("SIGUSR2")], ["stopped", 1, 0]);
}
