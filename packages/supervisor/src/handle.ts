// The doors of a supervision. Every order is one act of the loop; nothing is decided here.

import type { FenceDecision, SlotCommand, SlotRecord } from "@steadfast/child-slot";
import { type Millis, PolicyOptionsError, type Refuse } from "@steadfast/policy";
import type { EventListener } from "./event-hub.js";
import type { OutcomeType, SupervisorEvent } from "./events.js";
import type { Loop } from "./loop.js";
import type { Outcome } from "./outcome.js";
import { type SupervisorSnapshot, takeSnapshot } from "./snapshot.js";
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
export function handleOf<Value>(loop: Loop<Value>): SupervisorHandle<Value> {
  const { seat, dialogue, child, settings, outcome } = loop;

  function stop(by: "stop" | "dispose"): Promise<Outcome<Value>> {
    loop.stop(by);
    return outcome;
  }

  /** What the policy has against an operator's launch, where it is asked. */
  function refusal(now: Millis): Refuse | null {
    return settings.operatorLaunches === "ask" ? dialogue.askForOperator(now) : null;
  }

  function restart(requester: string, reason: string): FenceDecision | Refuse {
    loop.mustAnswer("restart");
    let answer: FenceDecision | Refuse = "blocked-by-shutdown";
    loop.act((now) => {
      const refused = seat.takesRestart ? refusal(now) : null;
      if (refused) {
        answer = refused;
        return;
      }
      const commands = seat.step({ type: "restart", requester, reason }, now);
      answer = fenceDecision(commands) ?? answer;
      if (answer === "started-immediately") dialogue.drop();
      loop.carryOut(commands, now);
    });
    return answer;
  }

  function pause(): void {
    loop.act((now) => {
      dialogue.drop();
      loop.step({ type: "pause" }, now);
    });
  }

  function resume(): Refuse | null {
    if (settings.operatorLaunches === "ask") loop.mustAnswer("resume");
    let refused: Refuse | null = null;
    loop.act((now) => {
      const { open, intent } = seat.state;
      if (!open || intent !== "paused") return;
      refused = refusal(now);
      if (refused) return;
      loop.step({ type: "resume" }, now);
      if (seat.free) loop.occupy("operator", now);
    });
    return refused;
  }

  /** False if nobody is there who can hear it, or who is to hear it still. */
  function deliver(message: unknown): boolean {
    return seat.state.phase.status !== "cancelling" && child.send(message);
  }

  function cutDelay(by: "send" | "reload"): void {
    if (!settings.delayCutBy.includes(by)) return;
    loop.act((now) => {
      if (dialogue.cut(now)) loop.heedWait(now);
    });
  }

  function send(message: unknown): boolean {
    const sent = deliver(message);
    if (!sent) cutDelay("send");
    return sent;
  }

  function reload(): boolean {
    const sent = deliver(settings.reloadMessage);
    if (!sent) {
      loop.reloadDue = true;
      cutDelay("reload");
    }
    return sent;
  }

  return {
    outcome,
    status: () => ({
      ...seat.record(loop.now()),
      waiting: dialogue.wait,
      outcome: loop.ended?.type ?? null,
    }),
    stop: () => stop("stop"),
    restart: ({ requester = "operator", reason = "restart()" } = {}) =>
      restart(text("requester", requester), text("reason", reason)),
    pause,
    resume,
    reset: () => loop.act((now) => loop.reset(now)),
    reload,
    send,
    snapshot: () => takeSnapshot(loop.now(), loop.ledger.state, seat.state, dialogue.wait),
    on: (listener) => loop.hub.add(listener),
    events: ({ capacity = 256 } = {}) => loop.hub.stream(count("capacity", capacity)),
    async [Symbol.asyncDispose]() {
      await stop("dispose");
    },
  };
}

function fenceDecision(commands: readonly SlotCommand[]): FenceDecision | null {
  for (const command of commands) {
    if (command.type === "report" && command.report.type === "fence")
      return command.report.decision;
  }
  return null;
}

/** Who orders, and why: it goes into the audit, so it must say something. */
function text(option: "requester" | "reason", value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new PolicyOptionsError("restart", option, "a text that is not blank", value);
}

function count(option: "capacity", value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new PolicyOptionsError("events", option, "a whole number of at least 1", value);
}
