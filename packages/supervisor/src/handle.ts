import type { FenceDecision, SlotRecord } from "@steadfast/child-slot";
import type { Refuse } from "@steadfast/policy";
import type { PolicyView } from "@steadfast/supervision";
import type { EventListener } from "./event-hub.js";
import type { OutcomeType, SupervisorEvent } from "./events.js";
import type { Outcome } from "./outcome.js";
import type { RequestOptions } from "./request-layer.js";
import type { SupervisorSnapshot } from "./snapshot.js";
import type { Wait } from "./wait.js";

/**
 * What is known of a supervised child, as plain JSON.
 * @since 0.1.0
 */
export interface SupervisorStatus extends SlotRecord {
  /** What is waited for while there is no child. */
  readonly waiting: Wait | null;
  /** Null while the supervision goes on. */
  readonly outcome: OutcomeType | null;
  /** The process id of the child; null where there is no child, or none with a process of its own. */
  readonly pid: number | null;
  /** The thread id of the child; null where there is no child, or none with a thread of its own. */
  readonly threadId: number | null;
  /** How many exits in a row were failures. */
  readonly failures: number;
  /** How many children were given up and have not been seen to end. */
  readonly abandoned: number;
  /** The reason of the final refusal that it is held by; null while it is not. */
  readonly held: string | null;
}

/**
 * A running supervision. Once it has an outcome it is over, and nothing here has an effect.
 * @since 0.1.0
 */
export interface SupervisorHandle<Value = unknown> extends AsyncDisposable {
  /** Settles when the supervision is over and no child is left. Never rejects. */
  readonly outcome: Promise<Outcome<Value>>;
  /** What is known of the child now. Changes nothing. */
  status(): SupervisorStatus;
  /**
   * What decides about the child, and what it remembers now: for `explain` and `outlook` of `@steadfast/analysis`. Null
   * for a remote policy. Changes nothing.
   */
  policy(): PolicyView | null;
  /** Ends it for good: a wait at once, a child by asking, then by force. Returns `outcome`. */
  stop(): Promise<Outcome<Value>>;
  /** Like `stop`, without a grace period. */
  kill(): Promise<Outcome<Value>>;
  /**
   * A new generation, by an operator's order: at once if there is no child (a wait is cut, a hold is
   * over), else when the present one is gone. The exit it causes is no failure. The policy is not asked,
   * unless `operatorLaunches` is `ask`: then its refusal is the answer, and nothing happens. `over` once
   * the supervision has an outcome.
   */
  restart(order?: {
    readonly requester?: string;
    readonly reason?: string;
  }): FenceDecision | Refuse | "over";
  /**
   * Replaces the child by plan: a restart that is free of the policy and no failure, told as
   * `recycled`. False if no child is up, or a restart is on its way.
   */
  recycle(reason?: string): boolean;
  /**
   * Ends the child because it is unfit: a failure, which the policy judges. `reason` is a stable word.
   * False if no child is up.
   */
  unhealthy(reason: string): boolean;
  /** Sends the child a signal by its name. False if there is none, or none that can have one. */
  signal(name: string): boolean;
  /**
   * Ends the child, if there is one, and launches nothing until `resume`. The host stays alive meanwhile, as it does
   * during a delay: a paused supervision is not over.
   */
  pause(): void;
  /**
   * Launches again after `pause`, by an operator's order. Null, or the policy's refusal where
   * `operatorLaunches` is `ask`: then it stays paused.
   */
  resume(): Refuse | null;
  /** Forgives the past: the policy forgets, and what it refused for a time is asked again at once. */
  reset(): void;
  /**
   * Sends the child the `reloadMessage`. True if there was a child to hear it; else the next child gets it,
   * and a delay that is listed in `delayCutBy` ends now.
   */
  reload(): boolean;
  /**
   * Passes a message to the child; `transferList`: what is handed over instead of copied. False if there is none, or none
   * that can hear it; `backlog` if it was passed on and more waits in the channel than should: hold back.
   */
  send(message: unknown, transferList?: readonly unknown[]): boolean | "backlog";
  /**
   * Asks the child and settles with its answer. Sent when the child is ready; only the attempt that got it can answer
   * it. Rejects with what the child's handler threw; with a `RequestError` (its `cause` is the root cause) if
   * the attempt ended first, the supervision is over or held, or time is up; with the signal's reason; with a
   * `ContractError` if this kind of child cannot be asked.
   */
  request<Answer = unknown>(message: unknown, options?: RequestOptions): Promise<Answer>;
  /** Everything remembered, as plain JSON, for the `snapshot` option of the next supervision. */
  snapshot(): SupervisorSnapshot;
  /** Hears every event from now on. Returns its remover. A listener that throws is removed. */
  on(listener: EventListener): () => void;
  /**
   * The events from now on, in a bounded buffer. Called in the turn in which the supervision began, it
   * begins with the first. Default capacity 256.
   */
  events(options?: { readonly capacity?: number }): AsyncIterableIterator<SupervisorEvent>;
}
