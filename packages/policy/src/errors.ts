// Every error of the contract. Two copies of this package may meet in one program (ESM beside CJS),
// so the guards look at `code`, never at `instanceof`.

import { show } from "./show.js";

/** Codes of the errors that Steadfast's cores throw. They are stable: compare them, not messages. */
export type PolicyErrorCode = "ERR_POLICY_OPTIONS" | "ERR_POLICY_STATE";

/**
 * An option is wrong. Thrown by a factory, before anything has happened.
 *
 * The message names the policy, the option, the allowed range and the value got.
 */
export class PolicyOptionsError extends RangeError {
  readonly code = "ERR_POLICY_OPTIONS";
  /** The option that is wrong. */
  readonly option: string;
  /** What is allowed, in words. */
  readonly allowed: string;

  constructor(owner: string, option: string, allowed: string, got: unknown) {
    super(`${owner}: ${option} must be ${allowed}, got ${show(got)}`);
    this.name = "PolicyOptionsError";
    this.option = option;
    this.allowed = allowed;
  }
}

/**
 * A saved state is not one that this policy could have written. Thrown by `parse`.
 */
export class PolicyStateError extends TypeError {
  readonly code = "ERR_POLICY_STATE";
  /** Where in the state, such as `members[1].stamps[0]`; empty for the state itself. */
  readonly path: string;
  /** What belongs there, in words. */
  readonly expected: string;
  /** What was there, as a short text. */
  readonly got: string;

  constructor(path: string, expected: string, got: string) {
    super(`state${path && `.${path}`} must be ${expected}, got ${got}`);
    this.name = "PolicyStateError";
    this.path = path;
    this.expected = expected;
    this.got = got;
  }
}

/** True for a `PolicyOptionsError` of any copy of this package. */
export function isPolicyOptionsError(error: unknown): error is PolicyOptionsError {
  return codeOf(error) === "ERR_POLICY_OPTIONS";
}

/** True for a `PolicyStateError` of any copy of this package. */
export function isPolicyStateError(error: unknown): error is PolicyStateError {
  return codeOf(error) === "ERR_POLICY_STATE";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as { code?: unknown }).code : undefined;
}
