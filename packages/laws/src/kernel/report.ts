// All laws that were tried on one subject, as data and as one text: first what failed.

import type { LawFailed, LawResult } from "./result.js";

/**
 * What became of every law that there is for a subject.
 * @since 0.1.0
 */
export interface LawReport {
  /** The subject's name. */
  readonly subject: string;
  /** One result per law, in the order in which they were tried. */
  readonly results: readonly LawResult[];
  /** The names of the laws that held. */
  readonly passed: readonly string[];
  /** The laws that could not be tried, each with the reason. */
  readonly notRun: { readonly [law: string]: string };
  /** The report as a text: a line per law, those that failed first, then those that were not run. */
  readonly text: string;
}

export function lawReport(subject: string, results: readonly LawResult[]): LawReport {
  const notRun = results.flatMap((result) =>
    result.verdict === "not-run" ? [[result.law, result.reason] as const] : [],
  );
  const sorted = ORDER.flatMap((verdict) => results.filter((one) => one.verdict === verdict));
  return {
    subject,
    results,
    passed: results.flatMap(({ verdict, law }) => (verdict === "passed" ? [law] : [])),
    notRun: Object.fromEntries(notRun),
    text: [`${subject}:`, ...sorted.map(lineOf)].join("\n"),
  };
}

/** What was wrong with a law, in one line. */
export function failureLine({ law, why }: LawFailed): string {
  return `  FAILED   ${law}: ${why.split("\n", 1)[0] ?? ""}`;
}

const ORDER = ["failed", "not-run", "passed"] as const;

function lineOf(result: LawResult): string {
  if (result.verdict === "not-run") return `  not run  ${result.law}: ${result.reason}`;
  if (result.verdict === "failed") return failureLine(result);
  const reached = Object.entries(result.reached).map(([what, count]) => `${what} ${count}`);
  return `  passed   ${result.law} (${[`${result.runs} runs`, ...reached].join(", ")})`;
}
