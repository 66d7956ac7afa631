// Promise tasks, wherever there are promises and timers: restarted until one succeeds, and stopped.

import { backoff } from "@steadfast/backoff";
import { allOf, restartOn } from "@steadfast/policy";
import { isStopRequestedError, taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const policy = allOf(restartOn("transient"), backoff({ initialMs: 5, jitter: "none" }));
  const prices = taskLauncher(async ({ attempt, ready }) => {
    if (attempt < 3) throw new Error("no connection");
    ready();
    return { apples: 3 };
  });
  const done = await supervise(prices, { policy }).outcome;
  same(
    [done.type, done.attempts, done.type === "completed" && done.value],
    ["completed", 3, { apples: 3 }],
  );

  let reason: unknown = null;
  const endless = taskLauncher(async ({ signal, ready }) => {
    const asked = new Promise((resolve) => signal.addEventListener("abort", resolve));
    ready();
    await asked;
    reason = signal.reason;
    signal.throwIfAborted();
  });
  const controller = new AbortController();
  const handle = supervise(endless, {
    policy,
    readiness: "explicit",
    signal: controller.signal,
    onEvent: (event) => event.type === "ready" && controller.abort("enough"),
  });
  const stopped = await handle.outcome;
  same([stopped.type, stopped.type === "stopped" && stopped.abortReason], ["stopped", "enough"]);
  same([isStopRequestedError(reason), handle.status().waiting], [true, null]);
}
