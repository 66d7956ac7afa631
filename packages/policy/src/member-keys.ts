// By what a composition finds the state of a member again, after members were added, removed or put in
// another order.
//
// - The key of a policy is its name. The second one of a name is `name#2`.
// - A name that only lists what is inside says too much: it changes with the inside. A composition goes
//   by its kind, so that what is inside is compared member by member; a wrapper that shares the state of
//   another policy (`giveUp`) by that policy's key; a holder (`when`) by its kind and the keys inside.
// - The keys are the last element of the state, behind the states of the members. Version 1 had none.

import type { RestartPolicy } from "./restart.js";

/** The last element of a composition's state. */
export interface MemberKeys {
  readonly members: readonly string[];
}

/** The keys of the members, each once. */
export function memberKeys(members: readonly RestartPolicy[]): readonly string[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  for (const member of members) {
    const name = keyOf(member);
    let count = counts.get(name) ?? 0;
    let key: string;
    do key = ++count === 1 ? name : `${name}#${count}`;
    while (taken.has(key)); // a policy may be called `name#2`
    counts.set(name, count);
    taken.add(key);
  }
  return [...taken];
}

function keyOf({ name, describe: { kind }, wraps, members, holds }: RestartPolicy): string {
  if (!name.startsWith(`${kind}(`)) return name;
  if (wraps) return keyOf(wraps);
  if (holds) return `${kind}(${Object.values(holds).map(keyOf).join(", ")})`;
  return members ? kind : name;
}

/** Where in a saved state the states are, by key; null if it is no state of a composition. */
export function placesIn(
  raw: readonly unknown[],
  keys: readonly string[],
): ReadonlyMap<string, number> | null {
  // Version 1 is as long as the list of members.
  const known = savedKeys(raw) ?? (raw.length === keys.length ? keys : null);
  return known && new Map(known.map((key, i) => [key, i]));
}

/** The keys that a saved state names, as many as it has states of members; null for version 1. */
function savedKeys(raw: readonly unknown[]): readonly string[] | null {
  const last: unknown = raw.at(-1);
  if (typeof last !== "object" || last === null) return null;
  const { members } = last as Partial<Record<string, unknown>>;
  if (!Array.isArray(members) || Object.keys(last).length !== 1) return null;
  const areKeys = members.every((key) => typeof key === "string");
  const each = areKeys && new Set(members).size === members.length;
  return each && members.length === raw.length - 1 ? members : null;
}
