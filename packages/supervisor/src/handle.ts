// The doors of a supervision. Every order is one act of the loop; nothing is decided here.

import type { FenceDecision, SlotCommand, SlotRecord } from "@steadfast/child-slot";
import { type Refuse, readOptions } from "@steadfast/policy";
import type { EventListener } from "./event-hub.js";
import type { OutcomeType, SupervisorEvent } from "./events.js";
import type { Loop } from "./loop.js";
import type { SuperviseSettings } from "./options.js";
import type { Outcome } from "./outcome.js";
import { isFree, takesRestart } from "./seat.js";
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

/** The handle of a loop that has begun. */
export function handleOf<Value>(
  loop: Loop<Value>,
  { operatorLaunches, reloadMessage }: SuperviseSettings,
): SupervisorHandle<Value> {
  const { outcome, hub, act } = loop;

  function stop(by: "stop" | "dispose"): Promise<Outcome<Value>> {
    loop.stop(by);
    return outcome;
  }

  return {
    outcome,
    status: () => ({
      ...loop.record(),
      waiting: loop.wait,
      outcome: loop.ended?.type ?? null,
    }),
    stop: () => stop("stop"),
    restart(order = {}) {
      // Who orders, and why: it goes into the audit, so it must say something.
      const read = readOptions("restart", order);
      const text = (key: keyof typeof order, fallback: string): string =>
        read.checked(key, "a text that is not blank", isText, fallback);
      const requester = text("requester", "operator");
      const reason = text("reason", "restart()");
      loop.mustAnswer("restart");
      let answer: FenceDecision | Refuse = "blocked-by-shutdown";
      act(() => {
        answer =
          (takesRestart(loop.slot) && loop.refusal()) ||
          fenceDecision(loop.step({ type: "restart", requester, reason })) ||
          answer;
      });
      return answer;
    },
    pause: () => act(() => loop.step({ type: "pause" })),
    resume() {
      if (operatorLaunches === "ask") loop.mustAnswer("resume");
      let refused: Refuse | null = null;
      act(() => {
        const { open, intent } = loop.slot;
        if (!open || intent !== "paused") return;
        refused = loop.refusal();
        if (refused) return;
        loop.step({ type: "resume" });
        if (isFree(loop.slot)) loop.occupy("operator");
      });
      return refused;
    },
    reset: () => act(loop.reset),
    reload: () => loop.deliver(reloadMessage, "reload"),
    send: (message) => loop.deliver(message, "send"),
    snapshot: loop.snapshot,
    on: hub.add,
    events: (options = {}) =>
      hub.stream(readOptions("events", options).whole("capacity", { min: 1, default: 256 })),
    async [Symbol.asyncDispose]() {
      await stop("dispose");
    },
  };
}

const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";

function fenceDecision(commands: readonly SlotCommand[]): FenceDecision | null {
  for (const command of commands) {
    if ("report" in command && "decision" in command.report) return command.report.decision;
  }
  return null;
}
