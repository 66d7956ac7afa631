import type { FenceDecision, SlotRecord } from "@steadfast/child-slot";
import { PolicyOptionsError, type Refuse } from "@steadfast/policy";
import type { EventListener } from "./event-hub.js";
import type { OutcomeType, SupervisorEvent } from "./events.js";
import type { Launcher } from "./launcher.js";
import { Loop } from "./loop.js";
import { type SuperviseOptions, superviseSettings } from "./options.js";
import type { Outcome } from "./outcome.js";
import type { SupervisorSnapshot } from "./snapshot.js";
import { checkSystem, realSystem, type System } from "./system.js";
import type { Wait } from "./wait.js";

/** What is known of a supervised child, as plain JSON. */
export interface SupervisorStatus extends SlotRecord {
  /** What is waited for while there is no child. */
  readonly waiting: Wait | null;
  /** Null while the supervision goes on. */
  readonly outcome: OutcomeType | null;
}

/** A running supervision. Once it has an outcome it is over, and nothing here has an effect. */
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

/**
 * Keeps one child running: launches it, watches it, and asks its policy about every restart.
 *
 * Decides nothing itself: the policy says whether and when, the slot says what the child may do.
 * Units: milliseconds. Edges: a delay runs from the exit and is rounded up, once, to a whole instant; at
 * exactly that instant there is a launch, one millisecond before it there is none. Effect: the first launch
 * happens before `supervise` returns. No signal handler, exit hook or `uncaughtException` listener is
 * installed; a child's failure never becomes one.
 * Errors: `PolicyOptionsError` for a bad option, and what the launcher throws because it was misused;
 * everything later is in the outcome.
 *
 * @example
 * const handle = supervise(taskLauncher(fetchPrices), {
 *   policy: allOf(restartOn("transient"), backoff({ initialMs: 200, capMs: 30_000 })),
 * });
 * const outcome = await handle.outcome;
 */
export function supervise<Value>(
  launcher: Launcher<Value>,
  options: SuperviseOptions,
  system: System = realSystem,
): SupervisorHandle<Value> {
  if (typeof (launcher as Launcher | undefined)?.launch !== "function") {
    throw new PolicyOptionsError("supervise", "launcher", "an object with launch()", launcher);
  }
  checkSystem(system);
  const loop = new Loop(launcher, superviseSettings(options, system), system);
  const stop = (by: "stop" | "dispose") => {
    loop.stop(by);
    return loop.outcome;
  };
  loop.start();
  return {
    outcome: loop.outcome,
    status: () => loop.status(),
    stop: () => stop("stop"),
    restart: ({ requester = "operator", reason = "restart()" } = {}) =>
      loop.restart(text("requester", requester), text("reason", reason)),
    pause: () => loop.pause(),
    resume: () => loop.resume(),
    reset: () => loop.reset(),
    reload: () => loop.reload(),
    send: (message) => loop.send(message),
    snapshot: () => loop.snapshot(),
    on: (listener) => loop.hub.add(listener),
    events({ capacity = 256 } = {}) {
      if (!Number.isSafeInteger(capacity) || capacity < 1) {
        throw new PolicyOptionsError(
          "events",
          "capacity",
          "a whole number of at least 1",
          capacity,
        );
      }
      return loop.hub.stream(capacity);
    },
    async [Symbol.asyncDispose]() {
      await stop("dispose");
    },
  };
}

/** Who orders, and why: it goes into the audit, so it must say something. */
function text(option: "requester" | "reason", value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new PolicyOptionsError("restart", option, "a text that is not blank", value);
}
