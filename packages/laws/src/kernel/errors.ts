import type { LawReport } from "./report.js";

/**
 * A law was broken. The message names every law that failed, each with the shrunk input as a table and
 * a test to paste.
 *
 * Fix: read the table of the first failure; the law's sentence above it says what should have been.
 * @since 0.1.0
 */
export class LawsBrokenError extends Error {
  readonly code = "ERR_LAWS_BROKEN";
  /** Every law with its result. */
  readonly report: LawReport;

  constructor(report: LawReport, message: string) {
    super(message);
    this.name = "LawsBrokenError";
    this.report = report;
  }
}

/**
 * Whether an error is a `LawsBrokenError`, also one of another copy of this package.
 * @since 0.1.0
 */
export function isLawsBrokenError(error: unknown): error is LawsBrokenError {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_LAWS_BROKEN"
  );
}
