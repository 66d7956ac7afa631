// Why a policy answered as it did, and how much of its budget is left: both asked of the policy itself, on what it
// remembered, which changes nothing.

import { explain, outlook } from "@steadfast/analysis";
import {
  type JournalEntry,
  type LaunchEvent,
  type PolicyDescription,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";
import { onTheClock } from "./clock-words.js";

/**
 * What is left of a limit.
 * @since 0.1.0
 */
export interface Budget {
  /** So many failures in a row are still followed by a restart. */
  readonly left: number;
  /** What the policy allows, whole. */
  readonly limit: number;
  /** In any so many milliseconds; null for a limit that holds for good. */
  readonly windowMs: number | null;
}

/**
 * A line of the journal of a tree.
 * @since 0.1.0
 */
export interface Entry extends JournalEntry {
  /** The path of the child. */
  readonly id: string;
}

/**
 * What decides about a child: `tree.child(id).policy()`.
 * @since 0.1.0
 */
export interface Decider {
  /** What is asked. */
  readonly policy: RestartPolicy;
  /** What it remembers now. */
  readonly state: unknown;
}

/**
 * Follows the journal of a tree.
 * @since 0.1.0
 */
export interface Ledger {
  /** Takes a line of the journal, and what the policy remembered before: give it to `superviseTree` as `journal`. */
  note(entry: Entry, before: unknown): void;
  /** Why the last request of a child was answered as it was, as a sentence; null before the first. */
  why(id: string): string | null;
  /** What is left of its limit at an instant; null where its policy has none. It takes as many steps as are left, at most 1 000. */
  budget(id: string, now: number): Budget | null;
}

const MOST = 1_000;

/**
 * Follows the journal of a tree, to say of each child what is left of its budget and why it was answered as it was.
 *
 * Decides nothing: a `why` is the sentence of `explain`, with times of day of the local zone, and what is left is the
 * `outlook`, both of `@steadfast/analysis`.
 * Units: those of the policies. Edge: what an operator ordered is passed over, as the policy was not asked. Effect: it
 * keeps the last request of each child. Errors: none of its own; what a policy throws.
 *
 * @since 0.1.0
 * @param deciderOf what decides about a child, by its path, such as `(id) => tree.child(id).policy()`; null for nobody.
 * @example
 * const policy = slidingWindow({ limit: 3, windowMs: 60_000 });
 * const budgets = ledger(() => ({ policy, state: policy.initial() }));
 * budgets.budget("web", 0); // => { left: 3, limit: 3, windowMs: 60_000 }
 * budgets.why("web"); // => null
 */
export function ledger(deciderOf: (id: string) => Decider | null): Ledger {
  readArguments("ledger", arguments, 1);
  const asked = new Map<
    string,
    { readonly event: LaunchEvent; readonly at: number; readonly before: unknown }
  >();
  return {
    note({ id, event, at, by }, before) {
      if (event.type === "launch" && by !== "operator") asked.set(id, { event, at, before });
    },
    why(id) {
      const last = asked.get(id);
      const decider = last && deciderOf(id);
      if (!decider) return null;
      return onTheClock(explain(decider.policy, last.before, last.event, last.at).sentence);
    },
    budget(id, now) {
      const decider = deciderOf(id);
      const limited = decider && limitOf(decider.policy.describe);
      if (!limited) return null;
      if (limited.limit === 0) return { ...limited, left: 0 };
      const most = Math.min(limited.limit, MOST);
      return { ...limited, left: outlook(decider.policy, decider.state, now, { most }).restarts };
    },
  };
}

/** The first limit of a composition. */
function limitOf(description: PolicyDescription): Pick<Budget, "limit" | "windowMs"> | null {
  const { limit, windowMs, members = [] } = description;
  if (limit !== undefined) return { limit, windowMs: windowMs ?? null };
  for (const member of members) {
    const found = limitOf(member);
    if (found) return found;
  }
  return null;
}
