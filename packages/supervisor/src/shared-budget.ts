// A budget that several children draw on: one state, stepped together with each child's own policy as
// one `allOf`, rollback included. What belongs to one child (`restartOn`, `stopWhen`, `backoff`) stays
// in that child's own policy.

import { type RestartPolicy, readArguments, readOptions, readPolicy } from "@steadfast/policy";
import { alarmOf } from "./alarm-clock.js";
import { checkSystem, realSystem, type System } from "./system.js";

/**
 * The options of `sharedBudget`.
 * @since 0.1.0
 */
export interface SharedBudgetOptions {
  /** A saved state, checked by the policy's `parse`. Default: the initial state. */
  readonly state?: unknown;
  /** The system of the supervisions that share it: their clocks must be one. Default: the real one. */
  readonly system?: System;
}

/**
 * A restart policy with a state that several supervisions share.
 * @since 0.1.0
 */
export interface SharedBudget {
  /** The policy that decides about all members together. */
  readonly policy: RestartPolicy;
  /** The present state: plain JSON, ready to be saved. */
  readonly state: unknown;
}

/** The inside of a shared budget, for the supervisions that take part. */
export class Budget implements SharedBudget {
  readonly policy: RestartPolicy;
  readonly system: System;
  state: unknown;
  readonly #members = new Map<object, () => void>();

  constructor(policy: RestartPolicy, { state, system = realSystem }: SharedBudgetOptions) {
    this.policy = policy;
    this.system = system;
    this.state =
      state === undefined ? policy.initial() : policy.parse(state, alarmOf(system).now());
  }

  /** A step of a member has changed it. */
  changed(state: unknown): void {
    this.state = state;
  }

  /** Takes part: `onForgiven` is called when another member was healthy or reset. Returns the way out. */
  join(member: object, onForgiven: () => void): () => void {
    this.#members.set(member, onForgiven);
    return () => {
      this.#members.delete(member);
    };
  }

  /** The past was forgiven, in part or whole: members that got "not yet" may ask again. */
  forgiven(by: object): void {
    const members = Array.from(this.#members);
    for (const [member, onForgiven] of members) if (member !== by) onForgiven();
  }
}

/**
 * Makes a budget for several supervisions: pass it to each as `shared`.
 *
 * Decides: what the policy decides, about all members together; a launch needs the consent of the
 * child's own policy and of the shared one, and what either refuses costs the other nothing. Units: the
 * policy's. Edge: after `healthy` or `reset` of one member, the others that got "not yet" ask
 * again at once. What a `when` inside keeps of an exit is replaced by that of the next exit of any member: it
 * decides the restart that follows an exit by that exit, what is asked again later or by an operator by the last.
 * Effect on state: each step of a member replaces it.
 * Errors: `PolicyOptionsError` if `policy` is none; `PolicyStateError` for a bad saved state.
 * Source: OTP's supervisor, whose intensity counts the restarts of all its children.
 *
 * @since 0.1.0
 * @example
 * const shared = sharedBudget(slidingWindow({ limit: 20, windowMs: 60_000 }));
 * const handles = launchers.map((launcher) => supervise(launcher, { policy, shared }));
 * shared.policy.name; // => "slidingWindow"
 */
export function sharedBudget(
  policy: RestartPolicy,
  options: SharedBudgetOptions = {},
): SharedBudget {
  readArguments("sharedBudget", arguments, 2);
  readPolicy("sharedBudget", "policy", policy);
  const read = readOptions("sharedBudget", options);
  const state = read.raw("state");
  const system = (read.raw("system") ?? realSystem) as System;
  read.end();
  checkSystem(system, "sharedBudget");
  return new Budget(policy, { state, system });
}
