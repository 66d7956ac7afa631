// All laws that were tried on one subject, as data and as one text.

import { LawsBrokenError } from "./errors.js";
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
  /** The report as a text: a line per law. */
  readonly text: string;
}

/** How a failure is repeated by hand: the call that a user pastes into a test. */
export type Paste = (failure: LawFailed) => string;

export function lawReport(subject: string, results: readonly LawResult[]): LawReport {
  const notRun = results.flatMap((result) =>
    result.verdict === "not-run" ? [[result.law, result.reason] as const] : [],
  );
  return {
    subject,
    results,
    passed: results.flatMap(({ verdict, law }) => (verdict === "passed" ? [law] : [])),
    notRun: Object.fromEntries(notRun),
    text: [`${subject}:`, ...results.map(line)].join("\n"),
  };
}

/** The report, if no law failed. Throws a `LawsBrokenError` that tells all that failed. */
export function unbroken(report: LawReport, paste: Paste): LawReport {
  const failures = report.results.filter((result) => result.verdict === "failed");
  if (failures.length === 0) return report;
  const details = failures.map((failure) => detail(failure, paste));
  throw new LawsBrokenError(report, [report.text, ...details].join("\n\n"));
}

function line(result: LawResult): string {
  if (result.verdict === "not-run") return `  not run  ${result.law}: ${result.reason}`;
  if (result.verdict === "failed") return `  FAILED   ${result.law}: ${firstLine(result.why)}`;
  const reached = Object.entries(result.reached).map(([what, count]) => `${what} ${count}`);
  return `  passed   ${result.law} (${[`${result.runs} runs`, ...reached].join(", ")})`;
}

function detail(failure: LawFailed, paste: Paste): string {
  const head = `${failure.law}: ${failure.says}\n${failure.why}`;
  if (failure.table === "") return head;
  const { replay, table } = failure;
  const place = replay && JSON.stringify({ law: failure.law, ...replay });
  const again = place
    ? `Again, at once: replay: ${place}. As a test that stays:`
    : "A regression that was kept. As a test:";
  return [head, table, again, paste(failure)].join("\n\n");
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
