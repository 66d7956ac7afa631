// The port between the loop and the outside world. An adapter implements it once; everything about
// when to launch, stop, escalate and restart stays on this side of it.

import type { StopCause } from "@steadfast/child-slot";
import type { Exit, Millis } from "@steadfast/policy";
import type { PolicyFinding } from "./policy-finding.js";
import type { AnswerSignal, ChildRequest, RequestLayer } from "./request-layer.js";

/**
 * Why a child is asked to stop.
 * @since 0.1.0
 */
export type StopReason = Exclude<StopCause, "force">;

/**
 * What a launcher gets about the attempt it is to start.
 * @since 0.1.0
 */
export interface LaunchInfo {
  /** The child's stable name. */
  readonly id: string;
  /** 1-based; the first launch included. */
  readonly attempt: number;
  /** Grows with each occupation of the slot. */
  readonly generation: number;
  /** Why there is a launch now. */
  readonly cause: "start" | "restart" | "operator";
  /** How many exits in a row were failures, until now: for a safe mode after so many. */
  readonly failures: number;
}

/**
 * Starts attempts of one kind of child.
 *
 * What an implementer may assume: `launch` is called again only after the child of the call before
 * has exited or was abandoned. What it must do: return at once. What the system refuses (no such
 * file, no more processes), whether thrown or emitted, becomes an exit of kind `spawn-failed`; only
 * programming errors (a wrong type, a bad option) are thrown.
 *
 * @since 0.1.0
 */
export interface Launcher<Value = unknown> {
  /** Starts one attempt and returns at once. `prepared`: the standby that it is to use up. */
  launch(info: LaunchInfo, prepared?: Prepared): LiveChild<Value>;
  /**
   * Makes a standby: what an attempt needs, ready to be used up by one `launch`. Returns at once; what
   * the system refuses settles `gone`. Left out: this launcher has no standbys.
   */
  prepare?(info: PrepareInfo): Prepared;
  /**
   * Makes sure that nothing is left of an attempt that another host has launched, and left behind: settles when that is
   * so, or when nothing more can be done. Until then nothing is launched. Left out: nobody looks.
   */
  settlePast?(past: PastAttempt): PromiseLike<unknown>;
  /**
   * What is questionable about it: each becomes an event `finding` before the first launch. They hold nothing up.
   * Default: nothing is.
   */
  readonly findings?: readonly PolicyFinding[];
  /**
   * What keeps the requests to its children: `requestLayer` of `@steadfast/supervisor/requests`. Left out: its children
   * cannot be asked, and `handle.request` rejects.
   */
  readonly requests?: RequestLayer;
  /**
   * Whether its children say when they are ready. True: they do, and `readiness` is `explicit` by default. False: they
   * have no way to, so that `explicit` without a probe is a finding. Left out: nobody knows.
   */
  readonly saysReady?: boolean;
  /**
   * Whether its children give signs of life, the launch being the first. True: they do, so that a supervision without
   * `heartbeatTimeoutMs` is a finding. False: they have no way to, so that one with it is. Left out: nobody knows.
   */
  readonly saysAlive?: boolean;
}

/**
 * What a launcher gets about the standby that it is to prepare.
 * @since 0.1.0
 */
export interface PrepareInfo {
  /** The child's stable name. */
  readonly id: string;
  /** The standby's number: 1-based, never used again. */
  readonly standby: number;
}

/**
 * What a snapshot knows of the attempt that was alive when it was taken.
 * @since 0.1.0
 */
export interface PastAttempt {
  /** The child's stable name. */
  readonly id: string;
  /** Which try it was: 1-based. */
  readonly attempt: number;
  /** Which occupation of the slot it was. */
  readonly generation: number;
  /** Its process id; null where it had none. By now it may be another process's. */
  readonly pid: number | null;
  /** When that process was started, as its launcher said; null where it did not. */
  readonly startTime: string | null;
  /** When the snapshot was taken that knows it. */
  readonly at: Millis;
}

/**
 * A standby: a prepared resource, not an attempt.
 * @since 0.1.0
 */
export interface Prepared {
  /** Settles when it is ready to be used up. It must not reject. */
  readonly up: PromiseLike<unknown>;
  /** Settles with how it ended if it is gone before it was used up or discarded. It must not reject. */
  readonly gone: PromiseLike<Exit>;
  /**
   * Ends it. Idempotent. Where it answers a promise, no supervision is over before that has settled: when nothing of the
   * standby is left, or nothing more can be done.
   */
  discard(): unknown;
}

/**
 * What a running child reports besides its exit.
 * @since 0.1.0
 */
export type ChildSignal =
  | { readonly type: "ready" }
  | { readonly type: "not-ready" }
  | { readonly type: "heartbeat" }
  /** It has closed its channel and is still there: it cannot be spoken to any more. Told, not judged. */
  | { readonly type: "disconnected" }
  /** The attempt is there now: from a child that `announces`. */
  | {
      readonly type: "launched";
      /** The process id, where there is one. */
      readonly pid?: number;
      /** The thread id, where there is one. */
      readonly threadId?: number;
      /** When the process was started, as the system says it: a text that with `pid` names one process. */
      readonly startTime?: string;
    }
  /** It has done so much more work: for recycling. */
  | {
      readonly type: "used";
      /** Whole, at least 0. Default 1. */
      readonly uses?: number;
    }
  | {
      readonly type: "message";
      /** Whatever the child sent. */
      readonly message: unknown;
    }
  /** The child sent something that cannot be read here, or cannot read what was sent to it. */
  | {
      readonly type: "unreadable";
      /** Why not. */
      readonly error: unknown;
    }
  /** The child answers a request. */
  | AnswerSignal;

/**
 * One attempt that was started.
 * @since 0.1.0
 */
export interface LiveChild<Value = unknown> {
  /** Settles exactly once and never rejects: when nothing of the attempt is left. */
  readonly exited: Promise<Exit<Value>>;
  /**
   * Gives the one listener for signals. It is called right after `launch`; what the child said before
   * is delivered to it then, in order. After `exited` has settled no signal follows.
   */
  onSignal(listener: (signal: ChildSignal) => void): void;
  /** Asks the child to end. Idempotent, also after the exit; the child may ignore it. */
  requestStop(reason: StopReason): void;
  /** Ends the child by force. Idempotent, also after the exit. Leads to `exited` where it can. */
  kill(): void;
  /**
   * Passes a message on, where this kind of child can hear one. After the exit it does nothing.
   * Answers `false` if nobody can hear it, and `backlog` if it was passed on and more waits in the channel than should;
   * any other answer means that it was passed on. `transferList`: what is handed over instead of copied.
   */
  send?(message: unknown, transferList?: readonly unknown[]): unknown;
  /** Passes a request on; an `answer` follows, or the exit. False if nobody can hear it. Throws what cannot be sent. */
  ask?(request: ChildRequest): unknown;
  /** The answer to this request is not wanted any more. */
  unask?(id: number): void;
  /**
   * Takes the reload message in its own way, such as a signal. Default: `send` takes it. Answers `false`
   * if nobody can hear it.
   */
  reload?(message: unknown): boolean;
  /**
   * How many milliseconds what it left behind was seen out, when `exited` settles: from its own end on. They are part of
   * the delay before the next launch. Left out: none.
   */
  lingeredMs?(): number;
  /** The supervisor gave this child up after a `kill` without effect: keep the host alive no longer. */
  abandon?(): void;
  /** Sends the child a signal by its name, where this kind of child can have one. */
  signal?(name: string): void;
  /** The process id, where there is one; the same for as long as the child is known. */
  readonly pid?: number;
  /** The thread id, where there is one. */
  readonly threadId?: number;
  /** When the process was started, as the system says it: for the snapshot, in which it tells a pid that was reused. */
  readonly startTime?: string;
  /**
   * True if it is not known yet whether there is anybody: the signal `launched` says so, and until then
   * the attempt is reported neither as launched nor as ready nor as healthy. Default false.
   */
  readonly announces?: boolean;
}
