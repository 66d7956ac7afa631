import type { ExitRecord, Millis } from "@steadfast/policy";
import { nextDue } from "./deadlines.js";
import type { SlotSettings } from "./options.js";
import type { RestartLimit, SlotIntent, SlotState, SlotStatus, StopCause } from "./state.js";

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
  /** Where the fence stands that keeps the next generation out while the old one is there. */
  readonly fence: "open" | "waiting-for-old-stop" | "aborting-old" | "closed";
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

export function slotRecord(state: SlotState, settings: SlotSettings, now: Millis): SlotRecord {
  const { phase, intent, open, generation, attempt, restarts, lastExit } = state;
  const alive = phase.status !== "stopped";
  const lastBeatAt = "beat" in phase && phase.beat ? phase.beat.at : null;
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
    readyAt: phase.status === "ready" ? phase.readyAt : null,
    uptimeMs: alive ? Math.max(0, now - phase.launchedAt) : null,
    lastHeartbeatAt: lastBeatAt,
    heartbeatStale: lastBeatAt !== null && limit !== null && now - lastBeatAt >= limit,
    lastExit,
    restartLimit: limitOf(state),
    ...endingOf(state, nextDue(state, settings)?.at ?? now),
  };
}

function limitOf({ restartLimit }: SlotState): SlotRecord["restartLimit"] {
  if (!restartLimit) return null;
  const remaining = Math.max(0, restartLimit.limit - restartLimit.used);
  return { ...restartLimit, remaining, exhausted: remaining === 0 };
}

function endingOf(
  { phase, open, generation }: SlotState,
  deadlineAt: Millis,
): Pick<SlotRecord, "fence" | "stop" | "pendingRestart"> {
  if (phase.status !== "cancelling") {
    return { fence: open ? "open" : "closed", stop: null, pendingRestart: null };
  }
  const { cause, step, pending } = phase;
  const waiting = step === "asked" ? "waiting-for-old-stop" : "aborting-old";
  return {
    fence: pending ? waiting : open ? "open" : "closed",
    stop: { cause, step, deadlineAt },
    pendingRestart: pending && {
      oldGeneration: generation,
      targetGeneration: generation + 1,
      ...pending,
      deadlineAt,
    },
  };
}

function readinessOf({ phase }: SlotState): Readiness {
  if (phase.status === "ready") return "ready";
  const said = phase.status === "running" || (phase.status === "starting" && phase.saidNotReady);
  return said ? "not-ready" : "unreported";
}
