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

/**
 * Whether the child says that it can do its work.
 * @since 0.1.0
 */
export type Readiness = "unreported" | "ready" | "not-ready";

/**
 * A slot as plain JSON, for status pages and audits.
 * @since 0.1.0
 */
export interface SlotRecord {
  /** The slot's name, as in its options. */
  readonly id: string;
  /** Where the slot stands in a tree, as in its options. */
  readonly path: string;
  /** The status of the present attempt; `stopped` if there is none. */
  readonly status: SlotStatus;
  /** What the operator wants. */
  readonly intent: SlotIntent;
  /** False once it was stopped for good. */
  readonly open: boolean;
  /** Of the present attempt; null while there is none. */
  readonly generation: number | null;
  /** The 1-based number of the present attempt; null while there is none. */
  readonly attempt: number | null;
  /** Attempts ever launched, the first included. */
  readonly attempts: number;
  /** Attempts after the first. */
  readonly restarts: number;
  /** What the present attempt says of itself; `unreported` while there is none. */
  readonly readiness: Readiness;
  /** Since when the attempt is ready; null while it is not. */
  readonly readyAt: Millis | null;
  /** From the launch to now; null while there is no attempt. */
  readonly uptimeMs: Millis | null;
  /** The last heartbeat's own time. */
  readonly lastHeartbeatAt: Millis | null;
  /** True if the last heartbeat is as old as `heartbeatTimeoutMs`, or older, by its own time. */
  readonly heartbeatStale: boolean;
  /** How the last attempt ended; null before the first exit. */
  readonly lastExit: ExitRecord | null;
  /** The restart limit as its counter reported it last. */
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
    /** What the attempt is ended for. */
    readonly cause: StopCause;
    /** What is wrong with it: there if the cause is `unhealthy`, and only then. */
    readonly reason?: string;
    /** Whether it was only asked, or killed already. */
    readonly step: "asked" | "killed";
    /** When the next step is due: the kill, or giving the attempt up. */
    readonly deadlineAt: Millis;
  } | null;
  /** The restart that waits for the end of the present attempt; null for none. */
  readonly pendingRestart: {
    /** The generation that has to end first. */
    readonly oldGeneration: number;
    /** The generation that will follow. */
    readonly targetGeneration: number;
    /** Who asked first. */
    readonly requester: string;
    /** Why they asked. */
    readonly reason: string;
    /** When they asked. */
    readonly requestedAt: Millis;
    /** How often it was asked for again since. */
    readonly duplicates: number;
    /** When the next step of the ending is due. */
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
    stop: ending && {
      cause: ending.cause,
      ...(ending.reason === undefined ? {} : { reason: ending.reason }),
      step: ending.step,
      deadlineAt,
    },
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
