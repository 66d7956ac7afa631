// What the options of `retry` may be: one table. An option that is right costs one look, since a retry is
// often made of fresh options; words are built only when an error is made.

import { didYouMean, PolicyOptionsError, readPolicy } from "@steadfast/policy";
import { isAbortSignal } from "@steadfast/supervisor/alarm";

type Rule = readonly [allowed: string, passes: (value: unknown) => boolean];
type Rules = { readonly [option: string]: Rule };

const isFunction = (value: unknown) => typeof value === "function";
const isWhole = (value: unknown, least: number) =>
  value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && (value as number) >= least);

/** What `readPolicy` lets pass; of anything else it says what was meant. */
function isPolicy(value: unknown): boolean {
  const { step, initial, parse } = Object(value);
  return isFunction(step) && isFunction(initial) && isFunction(parse);
}

const FUNCTION: Rule = ["a function", isFunction];
const POLICY: Rule = ["a restart policy", isPolicy];
const TIME: Rule = ["a whole number from 0 to 2^53-1, or Infinity", (value) => isWhole(value, 0)];

function word(...words: readonly unknown[]): Rule {
  return [words.join(" or "), (value) => words.includes(value)];
}

export const SHORTHAND_RULES = {
  attempts: ["a whole number from 1 to 2^53-1, or Infinity", (value) => isWhole(value, 1)],
  backoff: POLICY,
  giveUpOn: FUNCTION,
  delayFrom: FUNCTION,
} satisfies Rules;

export const SHORTHANDS = ["attempts", "backoff", "giveUpOn", "delayFrom"] as const;

export const RULES = {
  ...SHORTHAND_RULES,
  policy: POLICY,
  retryOn: FUNCTION,
  attemptTimeoutMs: TIME,
  deadlineMs: TIME,
  signal: ["an AbortSignal", (value) => value === null || isAbortSignal(value)],
  onFailure: FUNCTION,
  onNotYet: /* @__PURE__ */ word("wait", "end"),
  throws: /* @__PURE__ */ word("error", "refused"),
  unref: /* @__PURE__ */ word(true, false),
} satisfies Rules;

/** Throws `PolicyOptionsError` for the first option that is not right, or that nobody knows. */
export function checkOptions(owner: string, options: object, rules: Rules): void {
  if (Object(options) !== options) {
    throw new PolicyOptionsError(owner, "options", "an object", options);
  }
  for (const key in options) {
    const value = (options as Readonly<Record<string, unknown>>)[key];
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (!rule) {
      const hint = didYouMean(key, Object.keys(rules)) || `known: ${Object.keys(rules).join(", ")}`;
      throw new PolicyOptionsError(owner, key, "left out", value, hint);
    }
    if (value === undefined || rule[1](value)) continue;
    if (rule === POLICY) readPolicy(owner, key, value);
    throw new PolicyOptionsError(owner, key, rule[0], value);
  }
}
