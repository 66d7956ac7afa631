// Every error of the contract. Two copies of this package may meet in one program (ESM beside CJS),
// so the guards look at `code`, never at `instanceof`.

import { show } from "./show.js";

/**
 * Codes of the errors that Steadfast's cores throw. They are stable: compare them, not messages.
 * @since 0.1.0
 */
export type PolicyErrorCode = "ERR_POLICY_OPTIONS" | "ERR_POLICY_STATE";

/** What `allowed` says of an option that nobody knows. */
export const LEFT_OUT = "left out";

/**
 * An option is wrong. Thrown by a factory, before anything has happened.
 *
 * The message names the policy, the option, the allowed range and the value got, the last cut after
 * 60 characters, and a hint where there is one. Where `allowed` is `left out`, it says that the option is
 * unknown. A RangeError with the stable code `ERR_POLICY_OPTIONS`.
 *
 * Fix: give `option` a value that `allowed` describes, or leave it out where it has a default.
 * Nothing is clamped for you.
 *
 * @since 0.1.0
 * @example
 * new PolicyOptionsError("slidingWindow", "limit", "a whole number", -1).message;
 * // => "slidingWindow: limit must be a whole number, got -1"
 */
export class PolicyOptionsError extends RangeError {
  readonly code = "ERR_POLICY_OPTIONS";
  /** The option that is wrong. */
  declare readonly option: string;
  /** What is allowed, in words. */
  declare readonly allowed: string;

  /** `hint` is what may help, in words, such as what `didYouMean` says; empty for nothing. */
  constructor(owner: string, option: string, allowed: string, got: unknown, hint = "") {
    const fault =
      allowed === LEFT_OUT
        ? `unknown option ${option}`
        : `${option} must be ${allowed}, got ${show(got)}`;
    super(`${owner}: ${fault}${hint && ` (${hint})`}`);
    Object.assign(this, { name: "PolicyOptionsError", option, allowed });
  }
}

/**
 * A saved state is not one that this policy could have written. Thrown by `parse`, which changes
 * nothing. A TypeError with the stable code `ERR_POLICY_STATE`.
 *
 * Fix: save what the policy returned, unchanged, and read it back with the same policy (its options
 * may differ). If the past does not matter, start from `initial()`.
 *
 * @since 0.1.0
 * @example
 * new PolicyStateError("[1].stamps", "an array", "5").message;
 * // => "state[1].stamps must be an array, got 5"
 */
export class PolicyStateError extends TypeError {
  readonly code = "ERR_POLICY_STATE";
  /** Where in the state, such as `members[1].stamps[0]`; empty for the state itself. */
  declare readonly path: string;
  /** What belongs there, in words. */
  declare readonly expected: string;
  /** What was there, as a short text. */
  declare readonly got: string;

  constructor(path: string, expected: string, got: string) {
    super(`${join("state", path)} must be ${expected}, got ${got}`);
    Object.assign(this, { name: "PolicyStateError", path, expected, got });
  }
}

/**
 * True for a `PolicyOptionsError` of any copy of this package, or of another realm: the `code`
 * decides. Never throws.
 *
 * @since 0.1.0
 * @example
 * isPolicyOptionsError(new PolicyOptionsError("backoff", "factor", "at least 1", 0)); // => true
 */
export function isPolicyOptionsError(error: unknown): error is PolicyOptionsError {
  return codeOf(error) === "ERR_POLICY_OPTIONS";
}

/**
 * True for a `PolicyStateError` of any copy of this package, or of another realm: the `code` decides.
 * Never throws.
 *
 * @since 0.1.0
 * @example
 * isPolicyStateError(new Error("state")); // => false
 */
export function isPolicyStateError(error: unknown): error is PolicyStateError {
  return codeOf(error) === "ERR_POLICY_STATE";
}

/** Puts two paths together: `a` and `b` are `a.b`, `a` and `[0]` are `a[0]`, `a` and "" are `a`. */
export function join(place: string, rest: string): string {
  return rest === "" || rest.startsWith("[") ? `${place}${rest}` : `${place}.${rest}`;
}

function codeOf(error: unknown): unknown {
  try {
    return (error as { code?: unknown }).code;
  } catch {
    return undefined; // nothing at all, a Proxy or a getter that throws: no error of ours
  }
}
