// What somebody who looks at a policy before it is used may find. The supervisor knows no rules: it is
// given the one who looks, such as `lint`, and only carries the findings out.

import { PolicyOptionsError, type RestartPolicy } from "@steadfast/policy";
import { hasMethods } from "./has-methods.js";
import type { SuperviseOptions } from "./options.js";

/**
 * Something questionable about a policy. What `lint` of `@steadfast/analysis` finds is of this kind.
 * @since 0.1.0
 */
export interface PolicyFinding {
  /** A stable word for it. */
  readonly code: string;
  /** `error`: nothing is launched. `warning`: it is told, as an event. */
  readonly severity: "error" | "warning";
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to change. Left out: nobody knows. */
  readonly fix?: string;
}

/**
 * Looks at a policy, and at the options that it is to be used with, before it is used.
 * @since 0.1.0
 */
export type PolicyCheck = (
  policy: RestartPolicy,
  options: SuperviseOptions,
) => readonly PolicyFinding[];

/** The warnings. Throws `PolicyOptionsError` for errors; what `check` throws is thrown on. */
export function checkedBy(check: PolicyCheck, options: SuperviseOptions): readonly PolicyFinding[] {
  const { policy } = options;
  const findings = check(policy, options);
  if (!hasMethods("filter")(findings)) {
    const allowed = "a function that answers a list of findings";
    throw new PolicyOptionsError("supervise", "check", allowed, findings);
  }
  const errors = findings.filter(({ severity }) => severity !== "warning");
  if (errors.length === 0) return findings;
  const found = errors.map(({ code, message }) => `${code} (${message})`).join(", ");
  throw new PolicyOptionsError("supervise", "policy", `free of ${found}`, policy.name);
}
