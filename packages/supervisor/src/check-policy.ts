// What somebody who looks at a policy before it is used may find. The supervisor knows no rules: it is
// given the one who looks, such as `lint`, and only carries the findings out.

import { isRemotePolicy, PolicyOptionsError } from "@steadfast/policy";
import { hasMethods } from "./has-methods.js";
import type { PolicyCheck, SuperviseOptions } from "./options.js";
import type { PolicyFinding } from "./policy-finding.js";

/** The warnings. Throws `PolicyOptionsError` for errors; what `check` throws goes to the caller. */
export function checkedBy(check: PolicyCheck, options: SuperviseOptions): readonly PolicyFinding[] {
  const { policy } = options;
  if (isRemotePolicy(policy)) {
    const allowed = "left out beside a remote policy, of whose rules nothing is known here";
    throw new PolicyOptionsError("supervise", "check", allowed, check);
  }
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
