import { type Millis, PolicyOptionsError, type RestartPolicy } from "@steadfast/policy";
import type { CheckOptions } from "../kernel/settings.js";

/**
 * How a policy is checked.
 * @since 0.1.0
 */
export interface PolicyCheckOptions extends CheckOptions {
  /**
   * The same policy with one option changed, by the option's name: what `every-option-matters` and
   * `state-of-other-options` compare it with. Default: none, and those two are not run.
   */
  readonly variants?: { readonly [option: string]: RestartPolicy };
  /**
   * Makes the same policy with all its durations multiplied by a whole number of at least 1: what
   * `unit-free` compares it with. Default: none, and that law is not run.
   */
  readonly scaled?: (factor: number) => RestartPolicy;
  /**
   * Makes the same policy once more: what `made-alike` compares it with, so that a clock or a number that the
   * factory has captured shows. Default: none, and that law is not run.
   */
  readonly make?: () => RestartPolicy;
  /** Durations that `describe.timesMs` does not have, whole, from 1 to 2^53-1. Default: none. */
  readonly timesMs?: readonly Millis[];
}

/** Throws `PolicyOptionsError` for what only checks of policies have. */
export function readPolicyCheckOptions(owner: string, options: PolicyCheckOptions): void {
  const { variants = {}, scaled, make, timesMs = [] } = options;
  for (const ms of timesMs) {
    if (Number.isSafeInteger(ms) && ms >= 1) continue;
    throw new PolicyOptionsError(owner, "timesMs", "whole numbers from 1 to 2^53-1", ms);
  }
  if (scaled !== undefined && typeof scaled !== "function") {
    throw new PolicyOptionsError(owner, "scaled", "a function", scaled);
  }
  if (make !== undefined && typeof make !== "function") {
    throw new PolicyOptionsError(owner, "make", "a function", make);
  }
  for (const [option, variant] of Object.entries(variants)) {
    if (typeof variant?.step === "function") continue;
    throw new PolicyOptionsError(owner, `variants.${option}`, "a policy", variant);
  }
}
