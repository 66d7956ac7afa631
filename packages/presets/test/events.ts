// Events as short names.

import type { Exit, ExitedEvent, LaunchEvent, RestartEvent } from "@steadfast/policy";

export const exited = (exit: Exit, failed: boolean, uptimeMs = 0): ExitedEvent => ({
  type: "exited",
  exit,
  failed,
  uptimeMs,
});

export const crash = exited({ kind: "failed", error: "boom" }, true);
export const cleanExit = exited({ kind: "completed" }, false);
export const healthy: RestartEvent = { type: "healthy" };
export const reset: RestartEvent = { type: "reset" };

export const ask = (cause: LaunchEvent["cause"], draw = 0): LaunchEvent => ({
  type: "launch",
  cause,
  draw,
  wall: 0,
});

export const start = ask("start");
export const restart = ask("restart");
