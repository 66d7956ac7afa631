// The source's operations, carried out on our slot: what the source writes into its fields is told to
// ours as the event that it stands for, and what ours says is put into the source's words.
//
// Where the source does what our slot forbids, ours has to forbid it, and is then brought along by
// events that are allowed, so that the rest of the case can still be compared.

import type { Exit } from "@steadfast/policy";
import { expect } from "vitest";
import {
  childSlot,
  isIllegalTransitionError,
  type SlotCommand,
  type SlotEvent,
  type SlotRecord,
  type SlotState,
} from "../src/index.js";

export interface Operation {
  readonly op: string;
  readonly atMs?: number;
  readonly status?: "starting" | "running" | "ready";
  readonly generation?: number;
  readonly attempt?: number;
  readonly exit?: string;
  readonly message?: string;
  readonly handle?: number;
  readonly present?: boolean;
  readonly value?: unknown;
  readonly field?: string;
  readonly windowMs?: number;
  readonly limit?: number;
  readonly used?: number;
  readonly returns?: unknown;
  readonly changed: { readonly [field: string]: unknown };
}

const LIMITS = {
  id: "child",
  heartbeatTimeoutMs: 5_000,
  gracePeriodMs: 5_000,
  abandonAfterMs: Number.MAX_SAFE_INTEGER,
};
const explicit = childSlot({ ...LIMITS, readiness: "explicit" });
const immediate = childSlot(LIMITS);

const EXIT_OF: { readonly [exit: string]: (message: string) => Exit } = {
  succeeded: () => ({ kind: "completed" }),
  cancelled: () => ({ kind: "cancelled" }),
  failed: (message) => ({ kind: "failed", error: new Error(message) }),
  panicked: (message) => ({ kind: "failed", error: new Error(`panicked: ${message}`) }),
  timedOut: () => ({ kind: "timed-out", afterMs: 0 }),
};

interface Handle {
  readonly generation: number;
  readonly status: string;
  beats: boolean;
  reported: boolean;
  asked: number;
  forced: number;
}

export class SourceSlot {
  #slot = explicit;
  #state: SlotState = explicit.initial();
  #now = 1_700_000_000_000;
  readonly #handles: Handle[] = [];

  /** The present attempt was forced without being asked: our slot does not ask it any more. */
  forcedFirst = false;
  /** Every attempt so far was numbered as ours are, and left by a report of its own. */
  inStep = true;
  /** The present attempt said itself whether it is ready. */
  get reported(): boolean {
    return this.#present?.reported ?? false;
  }
  get activatedAs(): string | null {
    return this.#present?.status ?? null;
  }
  get now(): number {
    return this.#now;
  }
  get record(): SlotRecord {
    return this.#slot.toRecord(this.#state, this.#now);
  }
  get handles(): readonly (readonly [number, number])[] {
    return this.#handles.map(({ asked, forced }) => [asked, forced]);
  }

  get #present(): Handle | undefined {
    return this.#state.phase.status === "stopped" ? undefined : this.#handles.at(-1);
  }

  /** What our slot answers, in the source's words; undefined if the operation has no answer. */
  perform(operation: Operation, usedByTracker: number): unknown {
    this.#now = operation.atMs ?? this.#now;
    switch (operation.op) {
      case "activate":
        return this.#activate(operation);
      case "deactivate":
        return this.#deactivate(operation);
      case "clear":
        this.inStep &&= this.record.status === "stopped";
        if (this.record.status !== "stopped") this.#exit({ kind: "lost" });
        return undefined;
      case "cancel":
        return this.#cancel();
      case "abort":
        return this.#abort();
      case "childHeartbeat":
        (this.#handles[operation.handle ?? 0] as Handle).beats = operation.present === true;
        return undefined;
      case "childReadiness":
        return this.#report(operation);
      case "observeLiveness":
        return this.#observe();
      case "toRecord":
        return this.#toRecord();
      case "updateRestartLimit":
      case "refreshRestartLimit": {
        const { windowMs = 0, limit = 0, used = usedByTracker } = operation;
        this.#tell({ type: "limit", view: { windowMs, limit, used } });
        return undefined;
      }
      case "waitForReport":
        return this.record.status === "stopped" ? "invalidTransition" : "pending";
      default:
        expect(operation.op).toBe("setField");
        return undefined;
    }
  }

  #activate({ status = "starting", generation, attempt }: Operation): undefined {
    const launch: SlotEvent = { type: "launch", cause: "start" };
    if (this.record.status !== "stopped") {
      this.inStep = false;
      expect(() => this.#slot.step(this.#state, launch, this.#now)).toThrow(/is impossible/);
      this.#exit({ kind: "lost" });
    }
    this.forcedFirst = false;
    this.#slot = status === "ready" ? immediate : explicit;
    this.#tell(launch);
    const { generation: ours, attempt: ourAttempt } = this.#state;
    this.inStep &&= generation === ours && attempt === ourAttempt;
    const fresh = { beats: false, reported: false, asked: 0, forced: 0 };
    this.#handles.push({ generation: ours, status, ...fresh });
  }

  #deactivate({ exit = "", message = "" }: Operation): undefined {
    const ended = EXIT_OF[exit]?.(message) ?? { kind: "lost" };
    if (this.record.status !== "stopped") return this.#exit(ended);
    this.inStep = false;
    // Nobody is there: an old report, or one of an attempt that never was. Neither changes anything.
    const { generation } = this.#state;
    const report: SlotEvent = { type: "exited", generation: Math.max(0, generation), exit: ended };
    try {
      const [after, commands] = this.#slot.step(this.#state, report, this.#now);
      expect(after).toBe(this.#state);
      expect(commands.map(({ type }) => type)).toStrictEqual(["stale"]);
    } catch (error) {
      if (!isIllegalTransitionError(error)) throw error;
      expect(generation).toBe(-1);
    }
  }

  #exit(exit: Exit): undefined {
    this.#tell({ type: "exited", generation: this.#state.generation, exit });
  }

  #cancel(): boolean {
    return this.#tell({ type: "halt" }).some(({ type }) => type === "request-stop");
  }

  #abort(): boolean {
    this.forcedFirst ||= this.record.status !== "stopped" && this.record.stop === null;
    return this.#tell({ type: "force" }).some(({ type }) => type === "kill");
  }

  #report({ handle = 0, value }: Operation): undefined {
    const from = this.#handles[handle] as Handle;
    const words: Readonly<Record<string, "ready" | "not-ready">> = {
      ready: "ready",
      notReady: "not-ready",
    };
    const type = words[String(value)];
    if (type === undefined) return undefined; // unreported: the child has said nothing
    if (this.record.stop === null) from.reported = true;
    const commands = this.#tell({ type, generation: from.generation });
    if (from !== this.#present) expect(commands.map((one) => one.type)).toStrictEqual(["stale"]);
  }

  /** The source takes every look at a channel that holds a beat for a new beat. */
  #observe(): unknown {
    const { generation } = this.#state;
    if (this.#present?.beats) this.#tell({ type: "heartbeat", generation, at: this.#now });
    return this.#liveness();
  }

  #liveness() {
    const { lastHeartbeatAt, heartbeatStale, readiness } = this.record;
    const words = { unreported: "unreported", ready: "ready", "not-ready": "notReady" };
    return { lastHeartbeatAtMs: lastHeartbeatAt, heartbeatStale, readiness: words[readiness] };
  }

  #toRecord(): unknown {
    const liveness = this.#observe();
    const view = this.view();
    return {
      status: this.record.status === "stopped" ? null : this.record.status,
      generation: view.generation,
      attempt: view.attempt,
      operation: view.operation,
      liveness,
      stopState: view.stopState,
      failure: null,
      fencePhase: view.fencePhase,
      pendingRestart: null,
    };
  }

  /** Our slot in the source's words. */
  view(): { readonly [field: string]: unknown } {
    const { record } = this;
    const { status, generation, attempt, stop } = record;
    const alive = status !== "stopped";
    const limit = record.restartLimit;
    return {
      status,
      operation: record.intent,
      generation,
      attempt,
      fenceActiveGeneration: generation,
      fenceActiveAttempt: attempt,
      hasActiveAttempt: alive,
      handle: alive ? this.#handles.length - 1 : null,
      handles: this.handles,
      restartCount: record.restarts,
      lastExit: record.lastExit && reasonOf(record.lastExit),
      lastHeartbeatAtMs: record.lastHeartbeatAt,
      pendingRestart: record.pendingRestart !== null,
      attemptCancelDelivered: (this.#present?.asked ?? 0) > 0,
      abortRequested: stop?.step === "killed",
      stopState: alive ? "idle" : "noActiveAttempt",
      fencePhase: fenceOf(record),
      restartLimit: limit && {
        windowMs: limit.windowMs,
        limit: limit.limit,
        used: limit.used,
        remaining: limit.remaining,
        exhausted: limit.exhausted,
      },
      restartLimitUpdatedAt: limit?.updatedAt ?? null,
    };
  }

  #tell(event: SlotEvent, at = this.#now): readonly SlotCommand[] {
    const [state, commands] = this.#slot.step(this.#state, event, at);
    this.#state = state;
    for (const { type, generation } of commands) {
      const handle = this.#handles.find((one) => one.generation === generation);
      if (handle && type === "request-stop") handle.asked++;
      if (handle && type === "kill") handle.forced++;
    }
    return commands;
  }
}

function fenceOf({ open, stop, pendingRestart }: SlotRecord): string {
  if (!open) return "closed";
  if (!pendingRestart) return "open";
  return stop?.step === "asked" ? "waitingForOldStop" : "abortingOld";
}

function reasonOf(exit: NonNullable<SlotRecord["lastExit"]>): string {
  switch (exit.kind) {
    case "completed":
      return "succeeded";
    case "timed-out":
      return "timed out";
    case "failed":
      return (exit.error as { message: string }).message;
    default:
      return exit.kind;
  }
}
