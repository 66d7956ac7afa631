// Moving in and moving out. Nobody moves in before the one before has moved out or was given up.

import { type Exit, exitRecord } from "@steadfast/policy";
import type { SlotLaunch } from "./alphabet.js";
import { report, type Step, tag } from "./commands.js";
import { isOrdered } from "./ending.js";
import type { Situation } from "./guards.js";
import type { AlivePhase, SlotPhase, SlotState } from "./state.js";

/** The next generation moves in. */
export function enter(
  { now, settings }: Situation,
  before: SlotState,
  cause: SlotLaunch["cause"],
): Step {
  const explicit = settings.readiness === "explicit";
  const up = { launchedAt: now, beat: null };
  const phase: SlotPhase = explicit
    ? { ...up, status: "starting", readySince: now, excused: false, saidNotReady: false }
    : { ...up, status: "ready", readyAt: now, healthy: false };
  const { generation, attempt } = before;
  const state: SlotState = {
    ...before,
    generation: generation + 1,
    attempt: attempt + 1,
    restarts: attempt,
    phase,
  };
  const launch = { type: "launch", cause, ...tag(state) } as const;
  return [state, explicit ? [launch] : [launch, report(state, { type: "ready" })]];
}

/** The attempt is gone: what it was ended for is wrapped around how it ended. */
export function depart({ state, now, settings }: Situation, ended: Exit): Step {
  const phase = state.phase as AlivePhase;
  const cause = phase.status === "cancelling" ? phase.cause : null;
  let exit = ended;
  if (cause === "not-ready-in-time") {
    exit = { kind: "timed-out", afterMs: settings.readyTimeoutMs ?? 0, ended };
  }
  if (cause === "heartbeat-stale") exit = { kind: "unhealthy", reason: cause, ended };
  const uptimeMs = ended.kind === "spawn-failed" ? 0 : Math.max(0, now - phase.launchedAt);
  const ordered = cause !== null && isOrdered(cause);
  return [
    { ...state, lastExit: exitRecord(exit), phase: { status: "stopped" } },
    [report(state, { type: "exited", exit, uptimeMs, ordered })],
  ];
}
