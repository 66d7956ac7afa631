// What decides about a child, and what it remembers: to explain a decision, or to look ahead.

import type { RestartPolicy } from "@steadfast/policy";
import type { Rules } from "./rules.js";

/**
 * A policy and its state, to be asked by `explain` or stepped ahead: neither changes anything.
 * @since 0.1.0
 */
export interface PolicyView {
  /** What is asked about the child: its own policy, joined with the budget that it shares. */
  readonly policy: RestartPolicy;
  /** What that remembers now, plain JSON: with a budget an array, of its own policy and of the budget. */
  readonly state: unknown;
  /** The budget that is shared with others, and joined in `policy`; null for none. */
  readonly budget: RestartPolicy | null;
}

/** Null for a remote policy: its state is elsewhere. */
export function policyView(
  { policy, settings }: Rules,
  own: unknown,
  shared: unknown,
): PolicyView | null {
  const { shared: budget } = settings;
  return policy && { policy, state: budget ? [own, shared] : own, budget };
}
