import type { ExitRecord, Millis } from "@steadfast/policy";
import { nextDue } from "./deadlines.js";
import type { SlotSettings } from "./options.js";
import type { SlotIntent, SlotState, SlotStatus } from "./state.js";

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
  readonly uptimeMs: Millis | null;
  /** The last heartbeat's own time. */
  readonly lastHeartbeatAt: Millis | null;
  /** True if the last heartbeat is as old as the limit, or older. */
  readonly heartbeatStale: boolean;
  readonly lastExit: ExitRecord | null;
  /** How far an ending has got. */
  readonly stop: {
    readonly cause: string;
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

export function slotRecord(state: SlotState, settings: SlotSettings, now: Millis): SlotRecord {
  const { phase, intent, open, generation, attempt, restarts, lastExit } = state;
  const alive = phase.status !== "stopped";
  const beat = "beat" in phase ? phase.beat : null;
  const cancelling = phase.status === "cancelling" ? phase : null;
  const deadlineAt = nextDue(state, settings)?.at ?? now;
  const limit = settings.heartbeatTimeoutMs;
  return {
    id: settings.id,
    path: settings.path,
    status: phase.status,
    intent,
    open,
    generation: alive ? generation : null,
    attempt: alive ? attempt : null,
    attempts: attempt,
    restarts,
    readiness: readinessOf(state),
    uptimeMs: alive ? Math.max(0, now - phase.launchedAt) : null,
    lastHeartbeatAt: beat ? beat.at : null,
    heartbeatStale: beat !== null && limit !== null && now - beat.at >= limit,
    lastExit,
    stop: cancelling && { cause: cancelling.cause, step: cancelling.step, deadlineAt },
    pendingRestart: cancelling?.pending
      ? {
          oldGeneration: generation,
          targetGeneration: generation + 1,
          ...cancelling.pending,
          deadlineAt,
        }
      : null,
  };
}

function readinessOf({ phase }: SlotState): Readiness {
  if (phase.status === "ready") return "ready";
  const said = phase.status === "running" || (phase.status === "starting" && phase.saidNotReady);
  return said ? "not-ready" : "unreported";
}
