// What a slot remembers. A union of phases, each with only the fields that mean something in it:
// leaving a phase drops its fields by construction, so there is no list of fields to reset.

import type { ExitRecord, Millis } from "@steadfast/policy";

/**
 * The status of the present attempt. `stopped`: there is none.
 * @since 0.1.0
 */
export type SlotStatus = SlotPhase["status"];

/**
 * What the operator wants, kept apart from what is.
 * @since 0.1.0
 */
export type SlotIntent = "active" | "paused" | "quarantined" | "removed";

/**
 * What the present attempt is ended for. All but the last four are orders.
 * @since 0.1.0
 */
export type StopCause =
  | "stop"
  | "halt"
  | "force"
  | "restart"
  | "pause"
  | "quarantine"
  | "remove"
  | "not-ready-in-time"
  | "heartbeat-stale"
  | "ran-too-long"
  | "unhealthy";

/**
 * The state of a slot: plain JSON, independent of the slot's options.
 * @since 0.1.0
 */
export interface SlotState {
  /** What the operator wants. */
  readonly intent: SlotIntent;
  /** False after a `stop` or `kill`: nothing is launched any more, for good. */
  readonly open: boolean;
  /** Of the present occupation, or of the last one while stopped; -1 before the first. */
  readonly generation: number;
  /** 1-based number of the present or last attempt; 0 before the first. */
  readonly attempt: number;
  /** Attempts after the first. */
  readonly restarts: number;
  /** How the last attempt ended; null before the first exit. */
  readonly lastExit: ExitRecord | null;
  /** The restart limit as its counter reported it last, and since when it has been so. */
  readonly restartLimit: RestartLimit | null;
  /** Where the present attempt is. */
  readonly phase: SlotPhase;
}

/**
 * A restart limit as its counter sees it. All whole, at least 0.
 * @since 0.1.0
 */
export interface LimitView {
  /** The window that is counted in, or null for a limit that never forgets. */
  readonly windowMs: Millis | null;
  /** How many restarts there may be. */
  readonly limit: number;
  /** How many of them there were. */
  readonly used: number;
}

/**
 * What is known of a restart limit.
 * @since 0.1.0
 */
export interface RestartLimit extends LimitView {
  /** When it was first reported with these numbers. */
  readonly updatedAt: Millis;
}

/**
 * Where an attempt is: each case has only the fields that mean something in it.
 * @since 0.1.0
 */
export type SlotPhase = StoppedPhase | StartingPhase | RunningPhase | ReadyPhase | CancellingPhase;

/**
 * There is no attempt.
 * @since 0.1.0
 */
export interface StoppedPhase {
  readonly status: "stopped";
}

/**
 * Launched, and never yet ready.
 * @since 0.1.0
 */
export interface StartingPhase {
  readonly status: "starting";
  /** When it was launched. */
  readonly launchedAt: Millis;
  /** Since when the time to become ready runs: the launch, or the end of a pause of the whole host. */
  readonly readySince: Millis;
  /** Whether that time was started again once, because the host itself had been late. */
  readonly excused: boolean;
  /** Whether the child said so itself. */
  readonly saidNotReady: boolean;
  /** The last heartbeat; null before the first. */
  readonly beat: Heartbeat | null;
  /** Since when the time that it may run counts, where it was started again; else from the launch. */
  readonly ranSince?: Millis;
}

/**
 * Up, was ready, and says that it is not ready now.
 * @since 0.1.0
 */
export interface RunningPhase {
  readonly status: "running";
  /** When it was launched. */
  readonly launchedAt: Millis;
  /** Whether `healthy` was reported for this attempt. */
  readonly healthy: boolean;
  /** The last heartbeat; null before the first. */
  readonly beat: Heartbeat | null;
  /** Since when the time that it may run counts, where it was started again; else from the launch. */
  readonly ranSince?: Millis;
  /** Since when the time until it is healthy counts from the launch, where it was started again. */
  readonly healthSince?: Millis;
}

/**
 * Up and ready.
 * @since 0.1.0
 */
export interface ReadyPhase {
  readonly status: "ready";
  /** When it was launched. */
  readonly launchedAt: Millis;
  /** Since when it is ready. */
  readonly readyAt: Millis;
  /** Whether `healthy` was reported for this attempt. */
  readonly healthy: boolean;
  /** The last heartbeat; null before the first. */
  readonly beat: Heartbeat | null;
  /** Since when the time that it may run counts, where it was started again; else from the launch. */
  readonly ranSince?: Millis;
  /** Since when the time until it is healthy counts, where it was started again; gone once it is. */
  readonly healthSince?: Millis;
}

/**
 * Asked to end, or forced to.
 * @since 0.1.0
 */
export interface CancellingPhase {
  readonly status: "cancelling";
  /** When it was launched. */
  readonly launchedAt: Millis;
  /** What it is ended for. */
  readonly cause: StopCause;
  /** `asked`: the grace period runs. `killed`: the time until it is abandoned runs. `force` never asks. */
  readonly step: "asked" | "killed";
  /** Since when that time runs. */
  readonly since: Millis;
  /** Whether it was started again once, because the host itself had been late. */
  readonly excused: boolean;
  /** The launch that follows the exit, where one was asked for. */
  readonly pending: PendingRestart | null;
  /** What is wrong with it: there if the cause is `unhealthy`, and only then. */
  readonly reason?: string;
}

/**
 * A phase in which an attempt is alive.
 * @since 0.1.0
 */
export type AlivePhase = Exclude<SlotPhase, StoppedPhase>;

/**
 * The last sign of life.
 * @since 0.1.0
 */
export interface Heartbeat {
  /** The heartbeat's own time, never the time at which somebody looked. */
  readonly at: Millis;
  /** Since when the stale limit runs: `at`, or the end of a pause of the whole host if later. */
  readonly since: Millis;
  /** Whether that limit was started again, and nothing sent since then has arrived. */
  readonly excused: boolean;
}

/**
 * A restart that waits until the old generation is gone.
 * @since 0.1.0
 */
export interface PendingRestart {
  /** Who asked first. */
  readonly requester: string;
  /** Why they asked. */
  readonly reason: string;
  /** When they asked. */
  readonly requestedAt: Millis;
  /** How often it was asked for again while it was pending. */
  readonly duplicates: number;
}

/** A slot that nobody has ever occupied. */
export const vacant: SlotState = {
  intent: "active",
  open: true,
  generation: -1,
  attempt: 0,
  restarts: 0,
  lastExit: null,
  restartLimit: null,
  phase: { status: "stopped" },
};
