// The policy of `--restart`, `--limit` and `--backoff`, which is also what a service has that says nothing: a restart
// after a failure, a delay that grows, and so many launches in a time, counted after the delay.

import type { PolicySpec } from "@steadfast/spec";
import { isPolicySpecError, policyFrom } from "@steadfast/spec";
import { CliError } from "./cli-error.js";

export interface PolicyParts {
  /** `on-failure`, `always` or `no`. */
  readonly restart?: string;
  /** `10/10m`, or `none`. */
  readonly limit?: string;
  /** `200ms..30s`, or `none`. */
  readonly backoff?: string;
}

export const DEFAULTS = {
  restart: "on-failure",
  limit: "10/10m",
  backoff: "200ms..30s",
} as const satisfies PolicyParts;

const RESTARTS: { readonly [word: string]: string } = {
  "on-failure": "on-failure",
  always: "always",
  no: "never",
  never: "never",
};

/** @throws CliError that names the option. */
export function policyOfParts(parts: PolicyParts): PolicySpec {
  const { restart, limit, backoff } = { ...DEFAULTS, ...parts };
  const type = Object.hasOwn(RESTARTS, restart) ? RESTARTS[restart] : undefined;
  if (type === undefined) {
    throw new CliError(`--restart must be on-failure, always or no, got ${restart}`);
  }
  const counted = [
    part("--backoff", backoff, "backoff", "200ms..30s"),
    part("--limit", limit, "slidingWindow", "10/10m"),
  ];
  const members = counted.filter((one) => one !== null);
  return { kind: "allOf", members: [type, { kind: "inTurn", members }] };
}

/** A short form, once it is known to be one of this kind; null for `none`. */
function part(option: string, text: string, kind: string, example: string): string | null {
  if (text === "none") return null;
  const allowed = `${option} must be none, or such as ${example}`;
  try {
    if (policyFrom(text).describe.kind === kind) return text;
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
  }
  throw new CliError(`${allowed}, got ${text}`);
}
