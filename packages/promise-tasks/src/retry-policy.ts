// What the shorthands of `retry` mean: one restart policy that decides as
//
//   allOf(restartOn("transient"), giveUpOn(...), lifetimeCap({ restarts: attempts - 1 }), <delay>, backoff)
//
// does, with the same reasons in the same order, but in one step. <delay> is what `delayFrom` answers: it
// runs from the exit, and of two delays the longer one wins.

import {
  type AnyExit,
  ignoreRejection,
  launch,
  type Millis,
  noted,
  PolicyOptionsError,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  readArguments,
  readState,
  refuse,
  within,
} from "@steadfast/policy";
import { checkOptions, SHORTHAND_RULES } from "./option-rules.js";

/**
 * The shorthands of `retry` that decide about restarts.
 * @since 0.1.0
 */
export interface RetryPolicyOptions {
  /** The most attempts, the first included: whole, from 1 to 2^53-1, or Infinity. Default Infinity. */
  readonly attempts?: number;
  /** How long until the next one: `backoff(...)`, or any other policy. Default: at once. */
  readonly backoff?: RestartPolicy;
  /** Whether no further attempt would help: it gets what was thrown, and must answer a boolean. Default: never. */
  readonly giveUpOn?: (error: unknown) => boolean;
  /**
   * The delay that a failure itself names, such as that of a Retry-After header: it gets what was thrown, or the result
   * that was refused, and answers milliseconds from the end of the attempt, at least 0, or nothing.
   * A longer delay of `backoff` wins. Default: none does.
   */
  readonly delayFrom?: (failure: unknown) => number | null | undefined;
}

/**
 * What the shorthands remember: plain JSON.
 * @since 0.1.0
 */
export interface RetryPolicyState {
  /** Restarts that were admitted. */
  readonly restarts: number;
  /** What the last exit was; null if there was none, or it was answered. */
  readonly last: "failed" | "ended" | "given-up" | null;
  /** When it was. */
  readonly since: Millis | null;
  /** The delay that it named; 0 for none. */
  readonly delayMs: number;
  /** The state of `backoff`; null if there is none. */
  readonly member: unknown;
}

const LAST = ["failed", "ended", "given-up", null] as const;

/**
 * The policy that `retry` builds of its shorthands, for `supervise`, `simulate` or a composition.
 *
 * Decides: a restart after a failure, unless `giveUpOn` says that it would not help (reason `given-up`) or
 * there were so many attempts (`cap-reached`), after the longer of the delays of `backoff` and `delayFrom`; what
 * `backoff` refuses is refused. An exit that did not fail wants no restart (`not-wanted`).
 * Units: milliseconds. Defaults: any number of attempts, at once. Edge: exactly `attempts` attempts; a delay
 * runs from the exit, and is over at exactly its end.
 * Effect on state: an exit is remembered until the next one or a `reset`, an admitted restart is counted, and
 * `backoff` is stepped by everything but a request that is refused before it is asked.
 * Errors: `PolicyOptionsError` for a bad option, and from `step` when `giveUpOn` answers no boolean or
 * `delayFrom` no number of at least 0; what these throw, with the state as it was.
 * Source: the options that retry libraries share, such as p-retry's and cockatiel's.
 *
 * @since 0.1.0
 * @example
 * const policy = retryPolicy({ attempts: 2 });
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * child.failed(exitOf(1, null), { uptimeMs: 0 }); // => { type: "launch", delayMs: 0 }
 * child.failed(exitOf(1, null), { uptimeMs: 0 });
 * // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 */
export function retryPolicy(options: RetryPolicyOptions): RestartPolicy<RetryPolicyState> {
  readArguments("retryPolicy", arguments, 1);
  checkOptions("retryPolicy", options, SHORTHAND_RULES);
  return new RetryPolicy("retryPolicy", options);
}

/** Of options that were checked. */
export class RetryPolicy implements RestartPolicy<RetryPolicyState> {
  readonly name = "retryPolicy";
  readonly #owner: string;
  readonly #attempts: number;
  readonly #backoff: RestartPolicy | undefined;
  readonly #giveUpOn: RetryPolicyOptions["giveUpOn"];
  readonly #delayFrom: RetryPolicyOptions["delayFrom"];

  constructor(owner: string, options: RetryPolicyOptions) {
    this.#owner = owner;
    this.#attempts = options.attempts ?? Number.POSITIVE_INFINITY;
    this.#backoff = options.backoff;
    this.#giveUpOn = options.giveUpOn;
    this.#delayFrom = options.delayFrom;
  }

  get describe() {
    const { describe } = this.#backoff ?? {};
    const attempts = Number.isFinite(this.#attempts) ? this.#attempts : null;
    return {
      kind: "retryPolicy",
      options: { attempts },
      timesMs: describe?.timesMs ?? [],
      ...(describe && { members: [describe] }),
    };
  }

  get holds() {
    return this.#backoff ? { member: this.#backoff } : {};
  }

  initial(): RetryPolicyState {
    const member = this.#backoff ? this.#backoff.initial() : null;
    return { restarts: 0, last: null, since: null, delayMs: 0, member };
  }

  step(
    state: RetryPolicyState,
    event: RestartEvent,
    now: Millis,
  ): readonly [RetryPolicyState, RestartDecision] {
    if (event.type === "launch") return this.#launch(state, event, now);
    const told = this.#backoff?.step(state.member, event, now);
    const member = told ? told[0] : null;
    if (event.type === "healthy") {
      return [member === state.member ? state : { ...state, member }, noted];
    }
    if (event.type === "reset") return [{ ...this.initial(), member }, noted];
    const { exit, failed } = event;
    const last = failed ? this.#verdict(exit) : exit.kind === "lost" ? "failed" : "ended";
    const delayMs = failed ? this.#delay(exit) : 0;
    return [{ restarts: state.restarts, last, since: now, delayMs, member }, noted];
  }

  #launch(
    state: RetryPolicyState,
    event: Extract<RestartEvent, { readonly type: "launch" }>,
    now: Millis,
  ): readonly [RetryPolicyState, RestartDecision] {
    const { cause } = event;
    const { restarts, last, since } = state;
    if (cause === "restart" && last === "ended") return [state, NOT_WANTED];
    if (cause === "restart" && last === "given-up") return [state, GIVEN_UP];
    if (cause !== "start" && restarts + 1 >= this.#attempts) return [state, CAP_REACHED];
    let answer: RestartDecision = AT_ONCE;
    let { member } = state;
    if (this.#backoff) [member, answer] = this.#backoff.step(member, event, now);
    if (answer.type !== "launch") {
      return [member === state.member ? state : { ...state, member }, answer];
    }
    if (cause === "restart" && since !== null && state.delayMs > 0) {
      const restMs = state.delayMs - Math.max(0, now - since);
      if (restMs > answer.delayMs) answer = launch(restMs);
    }
    if (cause === "start") {
      return [member === state.member ? state : { ...state, member }, answer];
    }
    const admitted = Math.min(restarts + 1, Number.MAX_SAFE_INTEGER);
    return [{ restarts: admitted, last: null, since, delayMs: state.delayMs, member }, answer];
  }

  #verdict(exit: AnyExit): "failed" | "given-up" {
    const giveUpOn = this.#giveUpOn;
    if (!giveUpOn || exit.kind === "completed") return "failed";
    const verdict: unknown = giveUpOn(exit.error);
    if (typeof verdict !== "boolean") this.#broken("giveUpOn", "true or false", verdict);
    return verdict ? "given-up" : "failed";
  }

  #delay(exit: AnyExit): number {
    const delayFrom = this.#delayFrom;
    if (!delayFrom) return 0;
    const delayMs: unknown = delayFrom(exit.kind === "completed" ? exit.value : exit.error);
    if (delayMs === null || delayMs === undefined) return 0;
    if (!Number.isFinite(delayMs) || (delayMs as number) < 0) {
      this.#broken("delayFrom", "a number of milliseconds of at least 0, or nothing", delayMs);
    }
    return delayMs as number;
  }

  #broken(option: string, answer: string, got: unknown): never {
    ignoreRejection(got);
    const allowed = `a function that answers ${answer}`;
    throw new PolicyOptionsError(this.#owner, option, allowed, got);
  }

  parse(raw: unknown, now: Millis): RetryPolicyState {
    const read = readState(raw);
    const backoff = this.#backoff;
    return {
      restarts: read.whole("restarts"),
      last: read.oneOf("last", LAST),
      since: read.instant("since", now),
      delayMs: read.finite("delayMs"),
      member: !backoff ? null : within("member", () => backoff.parse(read.raw("member"), now)),
    };
  }

  idle(state: RetryPolicyState, now: Millis): boolean {
    const { restarts, last, since, member } = state;
    if (restarts > 0 || last !== null || since !== null) return false;
    return this.#backoff ? (this.#backoff.idle?.(member, now) ?? false) : true;
  }
}

const AT_ONCE = /* @__PURE__ */ launch();
const NOT_WANTED = /* @__PURE__ */ refuse("not-wanted", null);
const GIVEN_UP = /* @__PURE__ */ refuse("given-up", null);
const CAP_REACHED = /* @__PURE__ */ refuse("cap-reached", null);
