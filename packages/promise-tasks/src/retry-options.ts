import { type Exit, PolicyOptionsError, type RestartPolicy } from "@steadfast/policy";
import { checkSystem, realSystem, type System } from "@steadfast/supervisor/alarm";
import { checkOptions, RULES, SHORTHANDS } from "./option-rules.js";
import { RetryPolicy, type RetryPolicyOptions } from "./retry-policy.js";
import { type World, worldOf } from "./world.js";

/**
 * How a task is retried: under a `policy`, or by the shorthands of `RetryPolicyOptions`, which build one.
 *
 * One of `policy`, `attempts` and `deadlineMs` must be given, so that nothing is retried forever by
 * accident. Durations are milliseconds.
 *
 * @since 0.1.0
 */
export interface RetryOptions<Value = unknown> extends RetryPolicyOptions {
  /** Decides about every attempt, the first included. Default: the shorthands. */
  readonly policy?: RestartPolicy;
  /**
   * Whether a result is a failure: it must answer a boolean, and is called once per result. Default: none
   * is.
   */
  readonly retryOn?: (value: Value) => boolean;
  /**
   * An attempt that is exactly this old is asked to end, and given up one turn of the event loop later. A
   * whole number from 0 to 2^53-1, or Infinity. Default: no limit.
   */
  readonly attemptTimeoutMs?: number;
  /**
   * At exactly this age the retry is over, and no attempt begins that would begin then or later: it is
   * refused at once. A whole number from 0 (no attempt at all) to 2^53-1, or Infinity. Default: no limit.
   */
  readonly deadlineMs?: number;
  /** Ends the retry when it fires: its reason is thrown. Default: none. */
  readonly signal?: AbortSignal | null;
  /** Hears of every attempt that failed, when it is decided what follows. Default: nobody. */
  readonly onFailure?: (failure: RetryFailure<Value>) => unknown;
  /** On a refusal with a time: wait and ask again, or treat it as final. Default `wait`. */
  readonly onNotYet?: "wait" | "end";
  /** What is thrown when there is no further attempt: the last error, or a `RefusedError`. Default `error`. */
  readonly throws?: "error" | "refused";
  /** Whether a wait, or a time limit, lets the process end meanwhile. Default false. */
  readonly unref?: boolean;
}

/**
 * An attempt that failed, and what follows.
 * @since 0.1.0
 */
export interface RetryFailure<Value = unknown> {
  /** What it threw; a `TimedOutError` if its time was over; undefined for a result that was refused. */
  readonly error: unknown;
  /** How it ended: of a refused result, `completed` with its `value`. */
  readonly exit: Exit<Value>;
  /** Which attempt it was: 1-based. */
  readonly attempt: number;
  /** How long until the next one, or until the policy is asked again; null if there is none. */
  readonly delayMs: number | null;
  /** The policy's reason if it refused, for a time or for good; null if there is another attempt. */
  readonly reason: string | null;
}

/** The options in force: what most retries do not use is null, or shared. */
export interface RetrySettings<Value> {
  readonly policy: RestartPolicy;
  readonly signal: AbortSignal | null;
  /** Null: no time is limited. */
  readonly times: Times | null;
  readonly habits: Habits<Value>;
  readonly world: World;
}

/** Limits of time, in milliseconds; Infinity for none. */
export interface Times {
  readonly attemptTimeoutMs: number;
  readonly deadlineMs: number;
}

export interface Habits<Value> {
  readonly retryOn: ((value: Value) => boolean) | null;
  readonly onFailure: ((failure: RetryFailure<Value>) => unknown) | null;
  /** Whether a refusal with a time is final. */
  readonly isFinal: boolean;
  /** Whether a `RefusedError` is thrown. */
  readonly isWrapped: boolean;
}

const PLAIN: Habits<unknown> = { retryOn: null, onFailure: null, isFinal: false, isWrapped: false };
const NEVER = Number.POSITIVE_INFINITY;

/** The options in force. Of an option that is left out, or right, nothing is made. */
export function retrySettings<Value>(
  owner: string,
  options: RetryOptions<Value>,
  system: System,
): RetrySettings<Value> {
  if (system !== realSystem) checkSystem(system, owner);
  checkOptions(owner, options, RULES);
  const { policy, attempts, attemptTimeoutMs = NEVER, deadlineMs = NEVER, signal } = options;
  const { retryOn, onFailure, onNotYet, throws } = options;
  if (policy) refuseShorthands(owner, options);
  else if (attempts === undefined && options.deadlineMs === undefined) {
    const allowed = "given, or a policy, or deadlineMs (Infinity for no end)";
    throw new PolicyOptionsError(owner, "attempts", allowed, undefined);
  }
  const isPlain = !retryOn && !onFailure && !onNotYet && !throws;
  const world = worldOf(system);
  return {
    policy: policy ?? new RetryPolicy(owner, options),
    signal: signal ?? null,
    times:
      attemptTimeoutMs === NEVER && deadlineMs === NEVER ? null : { attemptTimeoutMs, deadlineMs },
    habits: isPlain
      ? PLAIN
      : {
          retryOn: retryOn ?? null,
          onFailure: onFailure ?? null,
          isFinal: onNotYet === "end",
          isWrapped: throws === "refused",
        },
    world: options.unref ? world.unreferenced : world,
  };
}

function refuseShorthands<Value>(owner: string, options: RetryOptions<Value>): void {
  for (const key of SHORTHANDS) {
    if (options[key] === undefined) continue;
    const allowed = "left out beside a policy, which decides alone";
    throw new PolicyOptionsError(owner, key, allowed, options[key]);
  }
}
