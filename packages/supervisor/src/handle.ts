// The doors of a supervision: what is said at them is checked here, and carried out by the loop.

import type { FenceDecision, SlotRecord } from "@steadfast/child-slot";
import { type Refuse, readOptions } from "@steadfast/policy";
import type { EventListener } from "./event-hub.js";
import type { OutcomeType, SupervisorEvent } from "./events.js";
import type { Loop } from "./loop.js";
import type { Outcome } from "./outcome.js";
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
  /** Ends it for good: a wait at once, a child by asking, then by force. Returns `outcome`. */
  stop(): Promise<Outcome<Value>>;
  /**
   * A new generation, by an operator's order: at once if there is no child (a wait is cut), else when
   * the present one is gone. The exit it causes is no failure. The policy is not asked, unless
   * `operatorLaunches` is `ask`: then its refusal is the answer, and nothing happens.
   */
  restart(order?: {
    readonly requester?: string;
    readonly reason?: string;
  }): FenceDecision | Refuse;
  /** Ends the child, if there is one, and launches nothing until `resume`. */
  pause(): void;
  /**
   * Launches again after `pause`, by an operator's order. Null, or the policy's refusal where
   * `operatorLaunches` is `ask`: then it stays paused.
   */
  resume(): Refuse | null;
  /** Forgives the past: the policy forgets, and what it refused for a time is asked again at once. */
  reset(): void;
  /**
   * Sends the child the `reloadMessage`. True if it was there to hear it; else the next child is told,
   * and a delay that is listed in `delayCutBy` ends now.
   */
  reload(): boolean;
  /** Passes a message to the child. False if there is none, or none that can hear it. */
  send(message: unknown): boolean;
  /** Everything remembered, as plain JSON, for the `snapshot` option of the next supervision. */
  snapshot(): SupervisorSnapshot;
  /** Hears every event from now on. Returns its remover. A listener that throws is removed. */
  on(listener: EventListener): () => void;
  /** The events from now on, in a bounded buffer. Default capacity 256. */
  events(options?: { readonly capacity?: number }): AsyncIterableIterator<SupervisorEvent>;
}

/** The doors of a loop that has begun. Who orders, and why, goes into the audit: it must say something. */
export function handleOf<Value>(
  loop: Loop<Value>,
  reloadMessage: unknown,
): SupervisorHandle<Value> {
  const { outcome, hub, status, pause, resume, reset, snapshot, deliver } = loop;

  function stop(by: "stop" | "dispose"): Promise<Outcome<Value>> {
    loop.stop({ by });
    return outcome;
  }

  return {
    outcome,
    status,
    stop: () => stop("stop"),
    restart(order = {}) {
      const read = readOptions("restart", order);
      const text = (key: keyof typeof order, fallback: string): string =>
        read.checked(key, "a text that is not blank", isText, fallback);
      return loop.restart(text("requester", "operator"), text("reason", "restart()"));
    },
    pause,
    resume,
    reset,
    reload: () => deliver(reloadMessage, "reload"),
    send: (message) => deliver(message, "send"),
    snapshot,
    on: hub.add,
    events: (options = {}) =>
      hub.stream(readOptions("events", options).whole("capacity", { min: 1, default: 256 })),
    async [Symbol.asyncDispose]() {
      await stop("dispose");
    },
  };
}

const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
