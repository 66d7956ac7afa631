import type { Millis } from "@steadfast/policy";
import type { SupervisionRules } from "../simulate/rules.js";

/**
 * The options of `supervise` that `lint` looks at: those that a policy can notice, and the time limits.
 * All of `supervise`'s options, or a preset, can be passed as they are.
 * @since 0.1.0
 */
export interface LintOptions extends SupervisionRules {
  /** Of `supervise`: from the request to stop to the kill, in ms. Looked at only: is it in seconds? */
  readonly gracePeriodMs?: Millis;
  /** Of `supervise`: from the kill to giving the child up, in ms; likewise. */
  readonly abandonAfterMs?: Millis;
  /** Of `supervise`: how long a child may take to be ready, in ms; likewise. */
  readonly readyTimeoutMs?: Millis;
  /** Of `supervise`: how old the last heartbeat may be, in ms; likewise. */
  readonly heartbeatTimeoutMs?: Millis;
  /** Of `supervise`: how long an attempt may run, in ms; likewise. */
  readonly maxRunMs?: Millis;
}
