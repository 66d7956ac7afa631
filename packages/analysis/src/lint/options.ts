import type { Millis } from "@steadfast/policy";
import type { SimulationRules } from "../simulate/simulate.js";

/**
 * The options of `supervise` that `lint` looks at: those that a policy can notice, and the time limits.
 * All of `supervise`'s options, or a preset, can be passed as they are.
 * @since 0.1.0
 */
export interface LintOptions extends SimulationRules {
  /** From the request to stop to the kill, from 0 to 2^53-1 ms. It is asked only whether it is in seconds. Default: left out. */
  readonly gracePeriodMs?: Millis;
  /** From the kill to giving the child up, from 0 to 2^53-1 ms; likewise. Default: left out. */
  readonly abandonAfterMs?: Millis;
  /** How long a child may take to be ready, from 0 to 2^53-1 ms; likewise. Default: left out. */
  readonly readyTimeoutMs?: Millis;
  /** How old the last heartbeat may be, from 0 to 2^53-1 ms; likewise. Default: left out. */
  readonly heartbeatTimeoutMs?: Millis;
}
