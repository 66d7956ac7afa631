import type { PolicyDescription } from "./policy.js";
import type { RestartDecision, RestartEvent } from "./restart.js";

/**
 * The `AbortSignal` of the surroundings; where there is none, what is needed of it.
 * @since 0.1.0
 */
export type AskSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : {
      readonly aborted: boolean;
      readonly reason: unknown;
      addEventListener(type: "abort", listener: () => void): void;
      removeEventListener(type: "abort", listener: () => void): void;
    };

/**
 * A restart policy whose state lives elsewhere, such as in a store that several machines share.
 *
 * `supervise` takes it where it takes a policy. It has no state here, so it is in no snapshot. `cell`,
 * `replay` and the combinators refuse it by name: they answer at once, and a store cannot.
 *
 * @since 0.1.0
 */
export interface RemotePolicy {
  /** For messages and logs. */
  readonly name: string;
  /** What it is, as plain JSON. */
  readonly describe: PolicyDescription;
  /**
   * Tells the facts since the last answer and asks for a launch: the last event is the request, and the
   * facts come before it, in order. When `signal` is aborted, the answer is not wanted any more. A
   * rejection, or an answer that `decisionFault` finds fault with, is a failure of the policy.
   */
  ask(events: readonly RestartEvent[], signal: AskSignal): Promise<RestartDecision>;
}

/**
 * True for a policy whose state lives elsewhere: an object with `ask` and a name, and without `step`.
 * Never throws.
 *
 * @since 0.1.0
 * @example
 * isRemotePolicy(restartOn("transient")); // => false
 */
export function isRemotePolicy(value: unknown): value is RemotePolicy {
  try {
    const { ask, name, step } = value as Record<"ask" | "name" | "step", unknown>;
    return typeof ask === "function" && typeof name === "string" && step === undefined;
  } catch {
    return false; // nothing at all, or a Proxy that throws
  }
}
