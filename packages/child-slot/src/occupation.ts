// Moving in and moving out. Nobody moves in before the one before has moved out or was given up.

import type { Exit, Millis } from "@steadfast/policy";
import type { SlotLaunch, SlotReport } from "./alphabet.js";
import type { SlotSettings } from "./options.js";
import { type BareCommand, type Outcome, say } from "./outcome.js";
import type { AlivePhase } from "./state.js";

/** The next generation moves in; what came `before` is told first. */
export function enter(
  cause: SlotLaunch["cause"],
  now: Millis,
  { readiness }: SlotSettings,
  ...before: BareCommand[]
): Outcome {
  const launch = { type: "launch", cause } as const;
  const up = { launchedAt: now, beat: null };
  return readiness === "immediate"
    ? [
        { phase: { ...up, status: "ready", readyAt: now, healthy: false } },
        ...before,
        launch,
        say({ type: "ready" }),
      ]
    : [
        {
          phase: {
            ...up,
            status: "starting",
            readySince: now,
            excused: false,
            saidNotReady: false,
          },
        },
        ...before,
        launch,
      ];
}

/** The attempt is gone: what it was ended for is wrapped around how it ended. */
export function farewell(
  phase: AlivePhase,
  ended: Exit,
  now: Millis,
  { readyTimeoutMs }: SlotSettings,
): Extract<SlotReport, { type: "exited" }> {
  const cause = "cause" in phase ? phase.cause : null;
  let exit = ended;
  if (cause === "not-ready-in-time") {
    exit = { kind: "timed-out", afterMs: readyTimeoutMs ?? 0, ended };
  }
  if (cause === "heartbeat-stale") exit = { kind: "unhealthy", reason: cause, ended };
  const ordered = cause !== null && exit === ended;
  const uptimeMs = ended.kind === "spawn-failed" ? 0 : Math.max(0, now - phase.launchedAt);
  return { type: "exited", exit, uptimeMs, ordered };
}
