// What a preset is: the policy, and the options of a supervisor that belong to it.

import type { Exit, Millis, RestartPolicy } from "@steadfast/policy";

/**
 * A policy together with the options of `supervise` without which it would not behave as its source
 * does. `supervise(launcher, { ...preset })` behaves as that system.
 * @since 0.1.0
 */
export interface Preset<State = unknown> {
  /** What decides about launches. */
  readonly policy: RestartPolicy<State>;
  /** What the source counts as a failure. */
  readonly isFailure: (exit: Exit) => boolean;
  /** Whether the source waits out a refusal with a time, or gives up. */
  readonly onNotYet: "wait" | "end";
  /** Whether the source counts what an operator launches (`ask`), or lets it pass (`free`). */
  readonly operatorLaunches: "free" | "ask";
  /** How long a child must run to be reported healthy, where the source has such a rule. Default: left to the supervisor. */
  readonly healthyAfterMs?: Millis;
  /** How long the source waits after asking a child to stop, before it forces it. Default: left to the supervisor. */
  readonly gracePeriodMs?: Millis;
  /** How long the source waits for a child it has forced, before it lets go of it. Default: left to the supervisor. */
  readonly abandonAfterMs?: Millis;
  /** What cuts an admitted delay short in the source. Default: nothing. */
  readonly delayCutBy?: readonly ("reload" | "send")[];
}
