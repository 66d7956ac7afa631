import type { Policy } from "@steadfast/policy";

/**
 * What a policy counts, and against what: the fields of its state that are numbers, texts or flags, and
 * from its description `limit`, `retries`, `threshold`, `windowMs`, `halfLifeMs` and `capMs`. What it has
 * nothing to say about (null) is left out. A limit that the state has a count of the same name for is called
 * `limit`.
 * @since 0.1.0
 */
export type Counters = { readonly [name: string]: number | string | boolean };

type Mutable = { -readonly [name in keyof Counters]: Counters[name] };

const LIMITS = ["limit", "retries", "restarts", "threshold"];
const BOUNDS = ["windowMs", "halfLifeMs", "capMs"];

/** Works for anybody's policy: a state that is one plain value is called `state`. */
export function countersOf(
  { describe }: Pick<Policy<unknown, unknown, unknown>, "describe">,
  state: unknown,
): Counters {
  const counters: Mutable = {};
  const fields = isRecord(state) ? Object.entries(state) : [["state", state] as const];
  for (const [name, value] of fields) if (isScalar(value)) counters[name] = value;
  for (const name of LIMITS) {
    const value = describe.options[name];
    if (isScalar(value)) counters[name in counters ? "limit" : name] = value;
  }
  if (describe.limit !== undefined) counters.limit ??= describe.limit;
  for (const name of BOUNDS) {
    const value = describe[name as "windowMs" | "capMs"] ?? describe.options[name];
    if (isScalar(value)) counters[name] = value;
  }
  return counters;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Counters[string] {
  return ["number", "string", "boolean"].includes(typeof value);
}
