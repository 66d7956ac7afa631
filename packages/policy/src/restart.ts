import type { Exit } from "./exit.js";
import type { Millis, Policy } from "./policy.js";
import { show } from "./show.js";

/**
 * The one alphabet of everything that decides about restarts.
 *
 * `exited`, `healthy` and `reset` are facts; `launch` is a request. An `exited` and the `launch` that
 * follows it are stepped back to back at the same `now`.
 *
 * @since 0.1.0
 */
export type RestartEvent = ExitedEvent | HealthyEvent | ResetEvent | LaunchEvent;

/**
 * A fact: an attempt ended.
 * @since 0.1.0
 */
export interface ExitedEvent {
  readonly type: "exited";
  /** How it ended; in a replay its bounded record. */
  readonly exit: Exit;
  /** The supervisor's verdict, given once; policies have no classifier of their own. */
  readonly failed: boolean;
  /** From the launch call to the exit, whole, at least 0; 0 for a failed spawn. */
  readonly uptimeMs: Millis;
}

/**
 * A fact, at most once per attempt: it was ready, and up for `healthyAfterMs`.
 * @since 0.1.0
 */
export interface HealthyEvent {
  readonly type: "healthy";
}

/**
 * A fact: an operator forgives the past.
 * @since 0.1.0
 */
export interface ResetEvent {
  readonly type: "reset";
}

/**
 * A request: may I launch, and when?
 * @since 0.1.0
 */
export interface LaunchEvent {
  readonly type: "launch";
  /** `start`: the first request on a fresh state. `restart`: after an exit. `operator`: by hand. */
  readonly cause: "start" | "restart" | "operator";
  /** One uniform random number in [0, 1), shared by all members of a composition. */
  readonly draw: number;
  /** The wall clock in epoch milliseconds: for calendars only, never for durations. */
  readonly wall: Millis;
}

/**
 * What a restart policy decides. A refusal is a decision, never an exception.
 * @since 0.1.0
 */
export type RestartDecision = Noted | LaunchAnswer;

/**
 * The answer to a `launch` request.
 * @since 0.1.0
 */
export type LaunchAnswer = Launch | Refuse;

/**
 * The answer to a fact.
 * @since 0.1.0
 */
export interface Noted {
  readonly type: "noted";
}

/**
 * Go ahead, at once or later.
 * @since 0.1.0
 */
export interface Launch {
  readonly type: "launch";
  /** How long to wait first: finite, at least 0, perhaps a fraction, rounded by nobody here. */
  readonly delayMs: number;
}

/**
 * The answer no. `retryAfterMs` a number: not yet, ask again then. `null`: never.
 * @since 0.1.0
 */
export interface Refuse {
  readonly type: "refuse";
  /** A stable code, such as `window-full`. */
  readonly reason: string;
  /** Whole milliseconds, at least 1: refused one sooner, launched at it. Or null. */
  readonly retryAfterMs: Millis | null;
}

/**
 * A policy that decides about restarts. A supervisor takes exactly one.
 * @since 0.1.0
 */
export type RestartPolicy<State = unknown> = Policy<State, RestartEvent, RestartDecision>;

/**
 * The answer to every fact.
 * @since 0.1.0
 */
export const noted: Noted = { type: "noted" };

const atOnce: Launch = { type: "launch", delayMs: 0 };

/**
 * Answers a request with yes.
 *
 * A delay stands for an instant: asked again x ms later, with nothing in between and the same draw, a
 * policy answers a delay that is x shorter, down to 0.
 *
 * Effect on state, errors: none: `decisionFault` is what checks an answer.
 *
 * @since 0.1.0
 * @param delayMs how long to wait first: finite, at least 0, perhaps a fraction. Default 0.
 *
 * @example
 * launch(250); // => { type: "launch", delayMs: 250 }
 */
export function launch(delayMs = 0): Launch {
  return delayMs === 0 ? atOnce : { type: "launch", delayMs };
}

/**
 * Answers a request with no. Effect on state, errors: none: `decisionFault` is what checks an answer.
 *
 * @since 0.1.0
 * @param reason a stable code that tells users and tests why.
 * @param retryAfterMs whole milliseconds, at least 1, until the answer becomes yes: refused one
 *   sooner, launched at it. Or null for never.
 *
 * @example
 * refuse("window-full", 1_500); // => { type: "refuse", reason: "window-full", retryAfterMs: 1_500 }
 */
export function refuse(reason: string, retryAfterMs: Millis | null): Refuse {
  return { type: "refuse", reason, retryAfterMs };
}

/**
 * What is wrong with a decision that somebody's policy returned, in words, or null if it keeps the
 * contract. `supervise` asks this of every decision.
 *
 * Decides: a fact wants `noted`; a request wants a `launch` whose `delayMs` is finite and at least 0,
 * or a `refuse` whose `reason` is a string and whose `retryAfterMs` is null or a whole number from 1
 * to 2^53-1. Also `undefined`, or anything else that is no decision, gets an answer. Effect on state:
 * none.
 *
 * @since 0.1.0
 * @example
 * decisionFault({ type: "reset" }, noted); // => null
 */
export function decisionFault(event: RestartEvent, decision: RestartDecision): string | null {
  const got: { readonly [key in "type" | "delayMs" | "reason" | "retryAfterMs"]?: unknown } =
    decision ?? {};
  if (event.type !== "launch") {
    return got.type === "noted" ? null : `a fact must be answered with "noted"`;
  }
  if (got.type === "launch") {
    return isDelay(got.delayMs)
      ? null
      : `delayMs must be a finite number of at least 0, got ${show(got.delayMs)}`;
  }
  if (got.type === "refuse") {
    if (typeof got.reason !== "string") return "reason must be a string";
    const wait = got.retryAfterMs;
    return wait === null || (Number.isSafeInteger(wait) && (wait as number) >= 1)
      ? null
      : `retryAfterMs must be null or a whole number of at least 1, got ${show(wait)}`;
  }
  return `a request must be answered with "launch" or "refuse"`;
}

/** Whether it is a finite number of at least 0. */
export function isDelay(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}
