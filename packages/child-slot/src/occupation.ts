// Moving in and moving out. Nobody moves in before the one before has moved out or was given up.

import type { Exit, Millis } from "@steadfast/policy";
import type { SlotLaunch, SlotReport } from "./alphabet.js";
import type { SlotSettings } from "./options.js";
import { type BareCommand, say } from "./outcome.js";
import type { AlivePhase, SlotPhase } from "./state.js";

/** The first phase of the next generation. Its commands are added to those that come before. */
export function enter(
  cause: SlotLaunch["cause"],
  now: Millis,
  { readiness }: SlotSettings,
  commands: BareCommand[],
): SlotPhase {
  commands.push({ type: "launch", cause });
  if (readiness === "explicit") {
    return {
      status: "starting",
      launchedAt: now,
      readySince: now,
      excused: false,
      saidNotReady: false,
      beat: null,
    };
  }
  commands.push(say({ type: "ready" }));
  return { status: "ready", launchedAt: now, readyAt: now, healthy: false, beat: null };
}

/** The attempt is gone: what it was ended for is wrapped around how it ended. */
export function farewell(
  phase: AlivePhase,
  ended: Exit,
  now: Millis,
  { readyTimeoutMs, maxRunMs }: SlotSettings,
): Extract<SlotReport, { type: "exited" }> {
  const ending = phase.status === "cancelling" ? phase : null;
  const cause = ending?.cause ?? null;
  let exit = ended;
  if (cause === "not-ready-in-time") {
    exit = { kind: "timed-out", afterMs: readyTimeoutMs ?? 0, ended };
  }
  if (cause === "ran-too-long") exit = { kind: "timed-out", afterMs: maxRunMs ?? 0, ended };
  if (cause === "heartbeat-stale" || cause === "unhealthy") {
    exit = { kind: "unhealthy", reason: ending?.reason ?? cause, ended };
  }
  const ordered = cause !== null && exit === ended;
  const uptimeMs = ended.kind === "spawn-failed" ? 0 : Math.max(0, now - phase.launchedAt);
  return { type: "exited", exit, uptimeMs, ordered };
}
