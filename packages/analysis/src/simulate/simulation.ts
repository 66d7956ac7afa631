import type { Exit, Millis } from "@steadfast/policy";

/**
 * An attempt that was launched.
 * @since 0.1.0
 */
export interface SimulatedLaunch {
  /** The instant of the launch. */
  readonly at: Millis;
  /** Why there was one. */
  readonly cause: "start" | "restart" | "operator";
  /** When the policy said yes: at most `at`. */
  readonly admittedAt: Millis;
  /** The delay it said then, perhaps a fraction; 0 for an operator's launch. */
  readonly delayMs: number;
  /** Whether the policy heard `healthy`. */
  readonly healthy: boolean;
  /** How long it lived; null if it still lives at the end. */
  readonly uptimeMs: Millis | null;
  /** How it ended; null if it still lives at the end. */
  readonly exit: Exit | null;
  /** Whether that was judged a failure; false while it lives. */
  readonly failed: boolean;
}

/**
 * A request that was refused.
 * @since 0.1.0
 */
export interface SimulatedRefusal {
  /** The instant of the request. */
  readonly at: Millis;
  /** Why there was one. */
  readonly cause: "start" | "restart" | "operator";
  /** The policy's stable code. */
  readonly reason: string;
  /** When to ask again; null for never. */
  readonly retryAfterMs: Millis | null;
}

/**
 * Why a simulation ended: the horizon or the most launches were reached; the policy refused for good, or
 * for a time and that ends it; the child is done (`excused`: without having completed); the policy broke the contract.
 * @since 0.1.0
 */
export type SimulationEnd =
  | "horizon"
  | "max-launches"
  | "refused"
  | "completed"
  | "excused"
  | "failed";

/**
 * What happened, as data.
 * @since 0.1.0
 */
export interface Simulation {
  /** Every attempt, oldest first. */
  readonly launches: readonly SimulatedLaunch[];
  /** Every refusal, oldest first. */
  readonly refusals: readonly SimulatedRefusal[];
  /** How long a child was up, until `untilMs`. */
  readonly uptimeMs: Millis;
  /** How long none was, until `untilMs`: the two add up to it. */
  readonly downtimeMs: Millis;
  /** The instant up to which it was simulated. */
  readonly untilMs: Millis;
  /** When the supervision was over; null if it would have gone on. */
  readonly endedAt: Millis | null;
  /** Why the simulation ended. */
  readonly end: SimulationEnd;
  /** The reason of the last refusal where that ended it, or how the contract was broken; else null. */
  readonly why: string | null;
}
