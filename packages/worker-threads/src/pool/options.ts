import type { JournalEntry, Millis, RestartPolicy } from "@steadfast/policy";
import type { EventListener, SuperviseOptions } from "@steadfast/supervisor";
import type { WorkerThreadOptions } from "../worker-options.js";

/** How the thread of a slot is supervised. */
type SlotOptions = Pick<
  SuperviseOptions,
  | "isFailure"
  | "onNotYet"
  | "readyTimeoutMs"
  | "healthyAfterMs"
  | "healthyFrom"
  | "heartbeatTimeoutMs"
  | "gracePeriodMs"
  | "abandonAfterMs"
  | "standby"
>;

/**
 * What a pool is made with, besides its worker: the options of `workerLauncher` and of `supervise` that hold for each
 * thread, and those of the pool itself. At least one of `policy` and `budget` is needed.
 * @since 0.1.0
 */
export interface WorkerPoolOptions extends Omit<WorkerThreadOptions, "transferList">, SlotOptions {
  /** Its name: of its slots `id.1` to `id.n`, of their threads, and in events. Not blank, no slash. Default `pool`. */
  readonly id?: string;
  /** How many slots. Whole, from 1 to 1 000. Default: `os.availableParallelism()`. */
  readonly threads?: number;
  /** How many requests one thread has at a time. Whole, at least 1. Default 1. */
  readonly concurrency?: number;
  /** How many requests may wait: one more is refused. Whole, at least 0, or Infinity. Default 10 000. */
  readonly maxQueue?: number;
  /**
   * How long a thread may go on with a request that was withdrawn (aborted, or out of time) before the thread is ended
   * and replaced: at least 0, which is at once, or Infinity, which is never. Default 1 000.
   */
  readonly abortGraceMs?: Millis;
  /** Decides about the restarts of each slot, with a state of its own. Default: every restart is allowed. */
  readonly policy?: RestartPolicy;
  /** Decides about the restarts of all slots together. Default: nothing limits their sum. */
  readonly budget?: RestartPolicy;
  /** When a thread is replaced by plan, which costs no budget and is no failure. Default: never. */
  readonly recycle?: PoolRecycle;
  /** Stops the pool in order when it fires, and by force when it fires again. Default: none. */
  readonly signal?: AbortSignal;
  /** Hears every event of the pool and of its threads, whose `id` is their slot. Default: nobody. */
  readonly onEvent?: EventListener;
  /** Takes what a thread sends besides answers, with the slot. Default: it is dropped. */
  readonly onMessage?: (message: unknown, id: string) => void;
  /** Takes one entry per event that a policy got, with the slot. Default: none is kept. */
  readonly journal?: (entry: JournalEntry & { readonly id: string }) => void;
}

/**
 * When a thread is replaced by plan: at the first of these, one thread after the other.
 * @since 0.1.0
 */
export interface PoolRecycle {
  /** After so many requests. Whole, at least 1. Default: any number. */
  readonly uses?: number;
  /** When more heap is in use than so many MB, measured after an answer, once a second at the most. Above 0. Default: any. */
  readonly heapMb?: number;
  /** So many milliseconds after it was ready. Whole, at least 1. Default: at no age. */
  readonly ageMs?: Millis;
}

/**
 * How one request is made.
 * @since 0.1.0
 */
export interface RunOptions {
  /** Withdraws the request: it rejects with the signal's reason, and the handler's signal fires. Default: none does. */
  readonly signal?: AbortSignal;
  /** How long to wait for the answer, from the call, whatever it waits for. Whole, at least 1. Default: as long as it takes. */
  readonly timeoutMs?: Millis;
  /** What is handed over to the thread instead of copied. Not together with `resends`. Default: nothing is. */
  readonly transferList?: readonly unknown[];
  /** Who goes first of those that wait: the higher number. Whole, from -(2^53-1) to 2^53-1. Default 0. */
  readonly priority?: number;
  /**
   * How often it is sent again, to whichever thread is free, after a thread ended without an answer: only for what may be
   * done twice. Whole, from 0 to 2^32. Default 0: it rejects.
   */
  readonly resends?: number;
  /** Which of the functions that the worker serves. Default: `default`. */
  readonly name?: string;
}

/**
 * How a pool is stopped.
 * @since 0.1.0
 */
export interface PoolStop {
  /** Does not wait for answers: what is open rejects, and the threads are ended. Default false. */
  readonly force?: boolean;
  /** How long to wait for answers, then by force. Whole, at least 0. Default: as long as it takes. */
  readonly timeoutMs?: Millis;
}
