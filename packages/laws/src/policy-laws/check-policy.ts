// The entry: every law there is about a restart policy, tried on one.

import { type RestartPolicy, readArguments, readPolicy } from "@steadfast/policy";
import { checker } from "../kernel/checker.js";
import type { LawCase } from "../kernel/law-case.js";
import { paste } from "../kernel/paste.js";
import type { LawReport } from "../kernel/report.js";
import { LAWS } from "./laws.js";
import { type PolicyCheckOptions, readPolicyCheckOptions } from "./options.js";
import { policySubject } from "./subject.js";

type Subject = ReturnType<typeof subjectOf>;

const { check, report, cases } = checker<Subject>(LAWS, paste("checkPolicy(policy", LAWS), [
  "variants",
  "scaled",
  "make",
  "timesMs",
]);

/**
 * Checks a restart policy against every law there is, and says in one error what is broken.
 *
 * Effect: runs the policy some hundred thousand steps; while `deterministic` is tried, the machine's
 * clocks and `Math.random` answer otherwise, and `never-mutates` freezes what the policy hands out.
 * Errors: `LawsBrokenError` with every law that failed, each with its shrunk input as a table and a
 * test to paste; `PolicyOptionsError` for bad options, the name of a law that there is not included.
 *
 * @since 0.1.0
 * @example
 * const report = checkPolicy(restartOn("transient"));
 * report.passed.includes("deterministic"); // => true
 * report.notRun["rate-bound"]; // => "it declares no limit with a windowMs"
 */
export function checkPolicy<State>(
  policy: RestartPolicy<State>,
  options: PolicyCheckOptions = {},
): LawReport {
  readArguments("checkPolicy", arguments, 2);
  return check("checkPolicy", subjectOf("checkPolicy", policy, options), options);
}

/**
 * What `checkPolicy` finds, as data, whether or not a law is broken.
 *
 * Effect: that of `checkPolicy`. Errors: `PolicyOptionsError` for bad options.
 *
 * @since 0.1.0
 * @example
 * policyReport(restartOn("transient")).results.filter(({ verdict }) => verdict === "failed"); // => []
 */
export function policyReport<State>(
  policy: RestartPolicy<State>,
  options: PolicyCheckOptions = {},
): LawReport {
  readArguments("policyReport", arguments, 2);
  return report("policyReport", subjectOf("policyReport", policy, options), options);
}

/**
 * Every law there is about a restart policy, one by one: a test for each in any runner.
 *
 * Effect: none until a case is run. Errors: `PolicyOptionsError` for bad options; a case throws what
 * `checkPolicy` throws.
 *
 * @since 0.1.0
 * @example
 * const laws = policyLaws(restartOn("transient"));
 * // for (const { name, run } of laws) test(name, run);
 * laws[0]?.name; // => "deterministic"
 * laws[0]?.run().verdict; // => "passed"
 */
export function policyLaws<State>(
  policy: RestartPolicy<State>,
  options: PolicyCheckOptions = {},
): readonly LawCase[] {
  readArguments("policyLaws", arguments, 2);
  return cases("policyLaws", subjectOf("policyLaws", policy, options), options);
}

function subjectOf(owner: string, policy: RestartPolicy, options: PolicyCheckOptions) {
  // One without `parse` is checked by the rest.
  if (typeof policy?.step !== "function" || typeof policy.initial !== "function") {
    readPolicy(owner, "policy", policy);
  }
  readPolicyCheckOptions(owner, options);
  return { ...policySubject(policy, options), name: String(policy.name) };
}
