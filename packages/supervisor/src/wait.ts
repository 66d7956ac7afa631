import type { Millis } from "@steadfast/policy";
import type { PendingWait } from "@steadfast/supervision";
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
  /** Why it is "not yet": the policy's stable code, such as `window-full`. A delay has none. */
  readonly reason?: string;
}

/** What is waited for, as it is shown. */
export function shownWait(wait: PendingWait | null): Wait | null {
  if (!wait) return null;
  const { for: what, until, cause, reason } = wait;
  return { for: what, until, cause, ...(reason === null ? {} : { reason }) };
}
