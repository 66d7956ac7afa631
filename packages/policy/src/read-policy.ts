// The check for policies: every function that takes one from a user asks here, and what is no policy is refused
// by name, with what was probably meant. The hints are built only when an error is made.

import { property } from "./checks.js";
import { PolicyOptionsError } from "./errors.js";
import { isRemotePolicy } from "./remote-policy.js";

/**
 * What `readPolicy` accepts besides a policy, and what its error says about a preset.
 * @since 0.1.0
 */
export interface PolicyDoor {
  /** Whether a `RemotePolicy` passes. Default: no. */
  readonly remote?: boolean;
  /** What to write instead of a preset. Default: `preset.policy`. */
  readonly preset?: string;
}

const METHODS = ["initial", "step", "parse"] as const;

/**
 * Checks that what a user gave is a policy, and returns it.
 *
 * An object with `initial`, `step` and `parse` passes; they are not called. Effect on state: none.
 * Errors: `PolicyOptionsError` for anything else, with a hint where it is known what was meant: a
 * preset, a list, a factory that was not called, a promise, a policy whose state lives elsewhere, or a
 * policy of which one of the three is not there or is async.
 *
 * @since 0.1.0
 * @param owner the function that was called, for the message.
 * @param option where the policy was given, such as `policy` or `members[1]`.
 *
 * @example
 * readPolicy("giveUp", "policy", restartOn("transient")).name; // => "restartOn"
 */
export function readPolicy<Given>(
  owner: string,
  option: string,
  policy: Given,
  door: PolicyDoor = {},
): Given {
  const missing = METHODS.filter((method) => !has(policy, method));
  const isPolicy = missing.length === 0 && !METHODS.some((method) => isAsync(policy, method));
  if (isPolicy || (door.remote && isRemotePolicy(policy))) return policy;
  const hint = hintAbout(policy, missing, door.preset ?? "preset.policy");
  throw new PolicyOptionsError(owner, option, "a restart policy", policy, hint);
}

/** It answers a promise, which is no state and no decision. */
function isAsync(policy: unknown, method: string): boolean {
  return property(property(property(policy, method), "constructor"), "name") === "AsyncFunction";
}

function hintAbout(value: unknown, missing: readonly string[], preset: string): string {
  if (isRemotePolicy(value)) return "a remote policy answers later: only supervise takes one";
  if (isList(value)) return "a list: did you mean allOf(...list)?";
  if (typeof value === "function") return `a factory: did you mean to call it, ${call(value)}?`;
  if (has(value, "then")) return "a promise: did you forget await?";
  if (METHODS.every((method) => has(property(value, "policy"), method))) {
    return `a preset: did you mean ${preset}?`;
  }
  if (missing.length === 0) return "a method of it is async";
  return missing.length < METHODS.length ? `it has no ${missing.join("() and no ")}()` : "";
}

function call({ name }: { readonly name: string }): string {
  return `${name || "policy"}(...)`;
}

function has(value: unknown, method: string): boolean {
  return typeof property(value, method) === "function";
}

function isList(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a revoked Proxy
  }
}
