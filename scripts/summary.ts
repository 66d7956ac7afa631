// Adds up the reports that the vitest runs left behind: the last line of `pnpm test`.
//
// A report is a turbo output, so it is there after a cache hit as well. A report that should be there
// and is not means that the tests did not get to run: that counts as one failure, never as nothing.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The parts of vitest's JSON report that are read here. */
export interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const RESULTS = ".results";
const REPORT_OF: Readonly<Record<string, string>> = { test: "test.json", "test:real": "real.json" };

/** What one report says; null is a report that was expected and is missing. */
export function tally(report: Report | null): Tally {
  if (report === null) return { passed: 0, failed: 1 };
  const brokenFiles = report.testResults.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  // An error outside every test (an unhandled rejection, say) fails the run but no test.
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
  };
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }),
    { passed: 0, failed: 0 },
  );
}

export function summaryLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

/** Where the reports of a complete run are: six of the root, one per test script of each package. */
export function expectedReports(root: string): string[] {
  const parts = ["test", "packed", "engines", "terminal", "browser", "site"];
  const reports = parts.map((part) => join(root, RESULTS, `${part}.json`));
  for (const group of ["packages", "apps"]) {
    for (const name of readdirSync(join(root, group)).sort()) {
      const manifest = join(root, group, name, "package.json");
      if (!existsSync(manifest)) continue;
      const { scripts = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
        scripts?: Record<string, string>;
      };
      for (const [script, file] of Object.entries(REPORT_OF)) {
        if (script in scripts) reports.push(join(root, group, name, RESULTS, file));
      }
    }
  }
  return reports;
}

/** Takes yesterday's reports away, so that none of them is counted today. */
export function forgetReports(root: string): void {
  for (const path of expectedReports(root)) rmSync(path, { force: true });
}

export function readTally(root: string): Tally {
  return sum(
    expectedReports(root).map((path) =>
      tally(existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Report) : null),
    ),
  );
}
