// The entry: every law there is about a restart policy, tried on one.

import { PolicyOptionsError, type RestartPolicy, readArguments } from "@steadfast/policy";
import { type LawCase, lawCases } from "../kernel/law-case.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import type { LawResult } from "../kernel/result.js";
import { checkSettings, isKept, skipped, trySettings } from "../kernel/settings.js";
import { tryLaw } from "../kernel/try-law.js";
import { unbroken } from "../kernel/unbroken.js";
import { LAWS } from "./laws.js";
import { type PolicyCheckOptions, readPolicyCheckOptions } from "./options.js";
import { paste } from "./paste.js";
import type { PolicyLaw } from "./script-law.js";
import { policySubject } from "./subject.js";

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
  return unbroken(report("checkPolicy", policy, options), pastePolicy);
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
  return report("policyReport", policy, options);
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
  const { name, subject, settings, run } = prepared("policyLaws", policy, options);
  return lawCases(
    {
      name,
      subject,
      laws: LAWS,
      paste: pastePolicy,
      skipped: (law) => skipped(law, settings),
      isKept: (law) => isKept(law, settings),
    },
    run,
  );
}

function report(owner: string, policy: RestartPolicy, options: PolicyCheckOptions): LawReport {
  const { name, run } = prepared(owner, policy, options);
  return lawReport(name, LAWS.map(run));
}

function prepared(owner: string, policy: RestartPolicy, options: PolicyCheckOptions) {
  if (typeof policy?.step !== "function" || typeof policy.initial !== "function") {
    throw new PolicyOptionsError(owner, "policy", "a policy", policy);
  }
  readPolicyCheckOptions(owner, options);
  const settings = checkSettings(owner, options, LAWS);
  const subject = policySubject(policy, options);
  const run = (law: PolicyLaw): LawResult =>
    skipped(law, settings) ?? tryLaw(law, subject, trySettings(law, settings));
  return { name: String(policy.name), subject, settings, run };
}

const pastePolicy = paste("checkPolicy(policy", LAWS);
