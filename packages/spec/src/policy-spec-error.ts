import { shown } from "./shown.js";

/** What is expected of a field that nobody knows. */
export const LEFT_OUT = "left out";

/**
 * A document is not a policy, or a policy is not one that JSON can hold. Thrown by the functions of this
 * package, which change nothing. A TypeError with the stable code `ERR_POLICY_SPEC`.
 *
 * The message names the path of the bad field, what is allowed there, what was there (cut after 60
 * characters), and the nearest right name where there is one. Where `expected` is `left out`, it says that
 * the field is unknown.
 *
 * Fix: write at `path` what `expected` describes; the schema of the package, `schema.json`, lets an
 * editor say so while you type. What takes a function is written in code.
 *
 * @since 0.1.0
 * @example
 * new PolicySpecError("members[0].kind", "the name of a policy", "5").message;
 * // => "policy.members[0].kind must be the name of a policy, got 5"
 */
export class PolicySpecError extends TypeError {
  readonly code = "ERR_POLICY_SPEC";
  /** Where in the document, or in the policy: such as `members[1].options.limit`; empty for all of it. */
  readonly path: string;
  /** What belongs there, in words. */
  readonly expected: string;
  /** What was there, as a short text. */
  readonly got: string;

  /** `hint` is what may help, in words; `root` is what the document is called. */
  constructor(path: string, expected: string, got: string, hint = "", root = "policy") {
    const fault = expected === LEFT_OUT ? "is unknown" : `must be ${expected}, got ${got}`;
    super(`${shortened(join(root, path))} ${fault}${hint && ` (${hint})`}`);
    this.name = "PolicySpecError";
    this.path = path;
    this.expected = expected;
    this.got = got;
  }
}

/**
 * True for a `PolicySpecError` of any copy of this package, or of another realm: the `code` decides.
 * Never throws.
 *
 * @since 0.1.0
 * @example
 * isPolicySpecError(new Error("spec")); // => false
 */
export function isPolicySpecError(error: unknown): error is PolicySpecError {
  try {
    return (error as { code?: unknown }).code === "ERR_POLICY_SPEC";
  } catch {
    return false; // nothing at all, a Proxy or a getter that throws
  }
}

/** The error for a value that is not what it must be. */
export function wrong(path: string, expected: string, value: unknown, hint = ""): PolicySpecError {
  return new PolicySpecError(path, expected, shown(value), hint);
}

const LONGEST_PATH = 200;

function shortened(path: string): string {
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH - 1)}…` : path;
}

/** The path of a field; a name that is no word stands in brackets. */
export function fieldAt(place: string, field: string): string {
  return join(place, /^[\w$-]+$/.test(field) ? field : `[${JSON.stringify(field)}]`);
}

/** Puts two paths together: `a` and `b` are `a.b`, `a` and `[0]` are `a[0]`, `a` and "" are `a`. */
export function join(place: string, rest: string): string {
  return place === "" || rest === "" || rest.startsWith("[") ? place + rest : `${place}.${rest}`;
}
