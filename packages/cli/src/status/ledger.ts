// What the policy of each child remembers, followed along its journal: why it answered as it did, and how much of its
// budget is left. The rules are the policy's own; it is asked again, on a copy of its state, which changes nothing.

import { explain } from "@steadfast/analysis";
import {
  type JournalEntry,
  type LaunchEvent,
  type PolicyDescription,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";

/**
 * What is left of a limit.
 * @since 0.1.0
 */
export interface Budget {
  /** So many failures now would still be followed by a restart. */
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

interface Followed {
  readonly policy: RestartPolicy;
  readonly limit: Pick<Budget, "limit" | "windowMs"> | null;
  state: unknown;
  asked: { readonly state: unknown; readonly event: LaunchEvent; readonly entry: Entry } | null;
}

/** Beyond this nobody counts what is left. */
const MOST = 1_000;
const FAILURE = { kind: "failed", code: 1 } as const;

/**
 * Follows the journal of a tree.
 * @since 0.1.0
 */
export interface Ledger {
  /** Takes a line of the journal: give it to `superviseTree` as `journal`. */
  note(entry: Entry): void;
  /** Why the last request of a child was answered as it was, as a sentence; null before the first. */
  why(id: string): string | null;
  /** What is left of its limit at an instant; null where its policy has none. It takes as many steps as are left, at most 1 000. */
  budget(id: string, now: number): Budget | null;
}

/**
 * Follows the journal of a tree, to say of each child what is left of its budget and why it was answered as it was.
 *
 * Decides nothing: the policies are asked again, on copies of their states, so that a `why` is the sentence of `explain`
 * and a budget is how often they would still launch. Units: those of the policies. Edge: what an operator ordered is
 * passed over, as the policy was not asked. Effect: it keeps one state per child. Errors: none of its own; what a policy throws.
 *
 * @since 0.1.0
 * @param policyOf answers the policy of a child, by its path; null where it is not known.
 * @example
 * const budgets = ledger(() => slidingWindow({ limit: 3, windowMs: 60_000 }));
 * budgets.budget("web", 0); // => { left: 3, limit: 3, windowMs: 60_000 }
 * budgets.why("web"); // => null
 */
export function ledger(policyOf: (id: string) => RestartPolicy | null): Ledger {
  readArguments("ledger", arguments, 1);
  const children = new Map<string, Followed>();

  function childOf(id: string): Followed | null {
    const known = children.get(id);
    if (known) return known;
    const policy = policyOf(id);
    if (!policy) return null;
    const child = { policy, limit: limitOf(policy.describe), state: policy.initial(), asked: null };
    children.set(id, child);
    return child;
  }

  return {
    note(entry) {
      const child = childOf(entry.id);
      if (!child || entry.by === "operator") return;
      const { event, at } = entry;
      if (event.type === "launch") child.asked = { state: child.state, event, entry };
      child.state = child.policy.step(child.state, event, at)[0];
    },
    why(id) {
      const child = childOf(id);
      if (!child?.asked) return null;
      const { state, event, entry } = child.asked;
      const { decision, sentence } = explain(child.policy, state, event, entry.at);
      const { decision: given } = entry;
      // What all children share may refuse what its own policy allows.
      const isOwn = given.type !== "refuse" || decision.type === "refuse";
      return isOwn ? sentence : `Refused by the budget of the stack (${given.reason}).`;
    },
    budget(id, now) {
      const child = childOf(id);
      if (!child?.limit) return null;
      const left = restartsLeft(child.policy, child.state, now, child.limit.limit);
      return { ...child.limit, left };
    },
  };
}

/** The first limit of a composition. */
function limitOf({ limit, windowMs, members = [] }: PolicyDescription): Followed["limit"] {
  if (limit !== undefined) return { limit, windowMs: windowMs ?? null };
  for (const member of members) {
    const found = limitOf(member);
    if (found) return found;
  }
  return null;
}

/** How many failures in a row, all of them now, are still followed by a restart. */
function restartsLeft(policy: RestartPolicy, from: unknown, now: number, limit: number): number {
  const request = { type: "launch", cause: "restart", draw: 0, wall: now } as const;
  const failed = { type: "exited", exit: FAILURE, failed: true, uptimeMs: 0 } as const;
  const most = Math.min(limit, MOST);
  let state = from;
  for (let n = 0; n < most; n++) {
    const [after] = policy.step(state, failed, now);
    const [next, decision] = policy.step(after, request, now);
    if (decision.type !== "launch") return n;
    state = next;
  }
  return most;
}
