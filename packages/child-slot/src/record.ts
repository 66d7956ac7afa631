import type { ExitRecord, Millis } from "@steadfast/policy";
import { nextDue } from "./deadlines.js";
import type { SlotSettings } from "./options.js";
import type {
  RestartLimit,
  SlotIntent,
  SlotPhase,
  SlotState,
  SlotStatus,
  StopCause,
} from "./state.js";

/** Whether the child says that it can do its work. */
export type Readiness = "unreported" | "ready" | "not-ready";

/** A slot as plain JSON, for status pages and audits. */
export interface SlotRecord {
  readonly id: string;
  readonly path: string;
  readonly status: SlotStatus;
  readonly intent: SlotIntent;
  /** False once it was stopped for good. */
  readonly open: boolean;
  /** Of the present attempt; null while there is none. */
  readonly generation: number | null;
  readonly attempt: number | null;
  /** Attempts ever launched, the first included. */
  readonly attempts: number;
  /** Attempts after the first. */
  readonly restarts: number;
  readonly readiness: Readiness;
  /** Since when the attempt is ready; null while it is not. */
  readonly readyAt: Millis | null;
  readonly uptimeMs: Millis | null;
  /** The last heartbeat's own time. */
  readonly lastHeartbeatAt: Millis | null;
  /** True if the last heartbeat is as old as `heartbeatTimeoutMs`, or older, by its own time. */
  readonly heartbeatStale: boolean;
  readonly lastExit: ExitRecord | null;
  /** The restart limit as its counter told it last. */
  readonly restartLimit:
    | (RestartLimit & {
        /** What is left of it; never below 0. */
        readonly remaining: number;
        /** True if nothing is left: used up to the limit (included) or beyond. */
        readonly exhausted: boolean;
      })
    | null;
  /** How far an ending has got. */
  readonly stop: {
    readonly cause: StopCause;
    readonly step: "asked" | "killed";
    readonly deadlineAt: Millis;
  } | null;
  readonly pendingRestart: {
    readonly oldGeneration: number;
    readonly targetGeneration: number;
    readonly requester: string;
    readonly reason: string;
    readonly requestedAt: Millis;
    readonly duplicates: number;
    readonly deadlineAt: Millis;
  } | null;
}

export function slotRecord(
  { phase, generation, attempt, restartLimit, ...state }: SlotState,
  settings: SlotSettings,
  now: Millis,
): SlotRecord {
  const { id, path, heartbeatTimeoutMs } = settings;
  const { status } = phase;
  const alive = status !== "stopped";
  const beatAt = "beat" in phase && phase.beat ? phase.beat.at : null;
  const ending = "cause" in phase ? phase : null;
  const deadlineAt = nextDue(phase, settings)?.at ?? now;
  const remaining = restartLimit ? Math.max(0, restartLimit.limit - restartLimit.used) : 0;
  return {
    ...state,
    id,
    path,
    status,
    generation: alive ? generation : null,
    attempt: alive ? attempt : null,
    attempts: attempt,
    readiness: readinessOf(phase),
    readyAt: status === "ready" ? phase.readyAt : null,
    uptimeMs: alive ? Math.max(0, now - phase.launchedAt) : null,
    lastHeartbeatAt: beatAt,
    heartbeatStale:
      beatAt !== null && heartbeatTimeoutMs !== null && now - beatAt >= heartbeatTimeoutMs,
    restartLimit: restartLimit && { ...restartLimit, remaining, exhausted: remaining === 0 },
    stop: ending && { cause: ending.cause, step: ending.step, deadlineAt },
    pendingRestart: ending?.pending
      ? { oldGeneration: generation, targetGeneration: attempt, ...ending.pending, deadlineAt }
      : null,
  };
}

function readinessOf(phase: SlotPhase): Readiness {
  if (phase.status === "ready") return "ready";
  const said = phase.status === "running" || ("saidNotReady" in phase && phase.saidNotReady);
  return said ? "not-ready" : "unreported";
}
