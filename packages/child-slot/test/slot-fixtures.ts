// States and commands written out whole, with names short enough to put them into tables.

import type {
  CancellingPhase,
  ChildSlotOptions,
  Heartbeat,
  PendingRestart,
  ReadyPhase,
  RunningPhase,
  SlotCommand,
  SlotPhase,
  SlotReport,
  SlotState,
  StartingPhase,
  StopCause,
} from "../src/index.js";

/** Every limit differs from every other, so that no two can be mixed up unnoticed. */
export const explicit: ChildSlotOptions = {
  id: "worker",
  readiness: "explicit",
  readyTimeoutMs: 1_000,
  heartbeatTimeoutMs: 500,
  healthyAfterMs: 2_000,
  gracePeriodMs: 300,
  abandonAfterMs: 200,
};

export const immediate: ChildSlotOptions = {
  id: "worker",
  heartbeatTimeoutMs: 500,
  healthyAfterMs: 2_000,
  gracePeriodMs: 300,
  abandonAfterMs: 200,
};

/** A slot in its fourth attempt, or after it. */
export function slot(phase: SlotPhase, over: Partial<SlotState> = {}): SlotState {
  return {
    intent: "active",
    open: true,
    generation: 3,
    attempt: 4,
    restarts: 3,
    lastExit: null,
    restartLimit: null,
    phase,
    ...over,
  };
}

/** The same slot with the next generation in it. */
export function next(phase: SlotPhase, over: Partial<SlotState> = {}): SlotState {
  return slot(phase, { generation: 4, attempt: 5, restarts: 4, ...over });
}

export const stopped: SlotPhase = { status: "stopped" };

export function starting(over: Partial<StartingPhase> = {}): StartingPhase {
  return {
    status: "starting",
    launchedAt: 100,
    readySince: 100,
    excused: false,
    saidNotReady: false,
    beat: null,
    ...over,
  };
}

export function running(over: Partial<RunningPhase> = {}): RunningPhase {
  return { status: "running", launchedAt: 100, healthy: false, beat: null, ...over };
}

export function ready(over: Partial<ReadyPhase> = {}): ReadyPhase {
  return { status: "ready", launchedAt: 100, readyAt: 110, healthy: false, beat: null, ...over };
}

export function cancelling(cause: StopCause, over: Partial<CancellingPhase> = {}): CancellingPhase {
  return {
    status: "cancelling",
    launchedAt: 100,
    cause,
    step: "asked",
    since: 400,
    excused: false,
    pending: null,
    ...over,
  };
}

export function beat(at: number, over: Partial<Heartbeat> = {}): Heartbeat {
  return { at, since: at, excused: false, ...over };
}

export const pending: PendingRestart = {
  requester: "ops",
  reason: "new config",
  requestedAt: 400,
  duplicates: 0,
};

type Bare<Command> = Command extends SlotCommand ? Omit<Command, "generation" | "attempt"> : never;

/** A command about the fourth attempt. */
export function cmd(command: Bare<SlotCommand>, generation = 3): SlotCommand {
  return { ...command, generation, attempt: generation + 1 } as SlotCommand;
}

export function told(report: SlotReport, generation = 3): SlotCommand {
  return cmd({ type: "report", report }, generation);
}

export const kill = cmd({ type: "kill" });
export const abandon = cmd({ type: "abandon" });

export function ask(reason: Exclude<StopCause, "force">): SlotCommand {
  return cmd({ type: "request-stop", reason });
}
