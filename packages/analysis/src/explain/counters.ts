import type { Policy } from "@steadfast/policy";

/**
 * What a policy counts, by name: the fields of its state that are no lists or objects, and `limit`,
 * `windowMs` and `capMs` of its description.
 * @since 0.1.0
 */
export type Counters = { readonly [name: string]: number | string | boolean | null };

type Mutable = { -readonly [name in keyof Counters]: Counters[name] };

/** Works for anybody's policy: a state that is one plain value is called `state`. */
export function countersOf(
  { describe }: Pick<Policy<unknown, unknown, unknown>, "describe">,
  state: unknown,
): Counters {
  const counters: Mutable = {};
  const fields = isRecord(state) ? Object.entries(state) : [["state", state] as const];
  for (const [name, value] of fields) {
    if (isScalar(value) && !(name === "state" && value === null)) counters[name] = value;
  }
  for (const name of ["limit", "windowMs", "capMs"] as const) {
    const value = describe[name];
    if (value !== undefined) counters[name] = value;
  }
  return counters;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Counters[string] {
  return value === null || ["number", "string", "boolean"].includes(typeof value);
}
