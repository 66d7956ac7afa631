import type { Millis } from "@steadfast/policy";
import type { LaunchCause } from "./events.js";

/**
 * What is waited for while there is no child.
 * @since 0.1.0
 */
export interface Wait {
  /** `delay`: the launch is admitted. `not-yet`: the policy is to be asked again. */
  readonly for: "delay" | "not-yet";
  /** The instant at which the wait is over. */
  readonly until: Millis;
  /** Why there is to be a launch. */
  readonly cause: LaunchCause;
}

/** The first whole instant that is at least `ms` after `now`; at most the largest whole number. */
export function instantAfter(now: Millis, ms: number): Millis {
  return Math.min(now + Math.ceil(ms), Number.MAX_SAFE_INTEGER);
}
