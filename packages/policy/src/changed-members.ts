import { memberKeys, placesIn } from "./member-keys.js";
import { readArguments } from "./read-arguments.js";
import { readPolicy } from "./read-policy.js";
import type { RestartPolicy } from "./restart.js";

/**
 * What of a saved state a policy does not find, and what it does not need.
 * @since 0.1.0
 */
export interface ChangedMembers {
  /** The members that begin from their initial state, in the order given. */
  readonly fresh: readonly string[];
  /** The members whose states are dropped, in the order in which they were saved. */
  readonly dropped: readonly string[];
}

/**
 * Compares the members of a policy with those that a saved state names, so that a log can say which
 * counts were lost when a policy was changed between two processes.
 *
 * Decides: `parse` of a composition gives each member the state under its name: `slidingWindow#2` is the
 * second of that name. A member without one begins from its initial state; a state without a member is
 * dropped. Members inside are named by their path, such as `inTurn.backoff`; one that is new or gone as a
 * whole, as one.
 * Edge: a state of version 1 names no members and nothing is reported, nor for what is no state of a
 * composition: `parse` says what is wrong with it. Two of one name that change places are not told apart.
 * Units, defaults: none. Effect on state: none. Errors: none of its own. Source: a snapshot that was
 * refused as a whole because one unit had been added.
 *
 * @since 0.1.0
 * @example
 * const before = allOf(restartOn("transient"), lifetimeCap({ restarts: 5 }));
 * const saved = JSON.parse(JSON.stringify(before.initial()));
 * const after = allOf(slidingWindow({ limit: 3, windowMs: 1_000 }), restartOn("transient"));
 * changedMembers(after, saved); // => { fresh: ["slidingWindow"], dropped: ["lifetimeCap"] }
 */
export function changedMembers(policy: RestartPolicy, saved: unknown): ChangedMembers {
  readArguments("changedMembers", arguments, 2);
  readPolicy("changedMembers", "policy", policy);
  const fresh: string[] = [];
  const dropped: string[] = [];

  function compare({ members, wraps, holds }: RestartPolicy, raw: unknown, path: string): void {
    if (wraps) return compare(wraps, raw, path);
    for (const [field, held] of Object.entries(holds ?? {})) {
      if (typeof raw === "object" && raw !== null) {
        compare(held, (raw as Record<string, unknown>)[field], path);
      }
    }
    if (members && Array.isArray(raw)) compareAll(members, raw, path);
  }

  function compareAll(members: readonly RestartPolicy[], raw: readonly unknown[], path: string) {
    const keys = memberKeys(members);
    const places = placesIn(raw, keys);
    if (!places) return;
    members.forEach((member, i) => {
      const key = keys[i] as string;
      const place = places.get(key);
      if (place === undefined) fresh.push(path + key);
      else compare(member, raw[place], `${path}${key}.`);
    });
    const current = new Set(keys);
    for (const key of places.keys()) if (!current.has(key)) dropped.push(path + key);
  }

  compare(policy, saved, "");
  return { fresh, dropped };
}
