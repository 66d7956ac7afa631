// What the last line of `pnpm test` counts.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetReports, type Report, readTally, summaryLine, tally } from "./summary.ts";

type File = Report["testResults"][number];

const file = (status: string, ...tests: string[]): File => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

const report = (passed: number, failed: number, files: File[] = [], success = failed === 0) =>
  ({
    success,
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files,
  }) satisfies Report;

describe("one report", () => {
  test.each<[string, Report | null, string]>([
    ["all passed", report(3, 0, [file("passed")]), "3 passed, 0 failed"],
    ["one failed", report(2, 1, [file("failed", "passed", "failed")]), "2 passed, 1 failed"],
    ["no tests at all", report(0, 0), "0 passed, 0 failed"],
    ["a file that did not load", report(2, 0, [file("failed")], false), "2 passed, 1 failed"],
    [
      "a file that did not load beside a failed test",
      report(2, 1, [file("failed"), file("failed", "failed")]),
      "2 passed, 2 failed",
    ],
    ["an error outside every test", report(2, 0, [file("passed")], false), "2 passed, 1 failed"],
    ["no report where one was expected", null, "0 passed, 1 failed"],
  ])("%s", (_name, one, line) => {
    expect(summaryLine(tally(one))).toBe(line);
  });
});

describe("a repository", () => {
  let root = "";

  const write = (path: string, content: unknown) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(content));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "summary-"));
    write("packages/a/package.json", { scripts: { test: "", "test:real": "" } });
    write("packages/b/package.json", { scripts: { build: "" } });
    write("packages/not-a-package/notes.json", {});
    write("apps/c/package.json", { scripts: { test: "" } });
    write(".results/test.json", report(1, 0));
    write(".results/packed.json", report(50_000, 0));
    write(".results/engines.json", report(500_000, 0));
    write(".results/terminal.json", report(6_000_000, 0));
    write(".results/browser.json", report(10_000_000, 0));
    write(".results/site.json", report(20_000_000, 0));
    write("packages/a/.results/test.json", report(20, 0));
    write("packages/a/.results/real.json", report(300, 2));
    write("apps/c/.results/test.json", report(4000, 0));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  test("is the sum of its reports", () => {
    expect(readTally(root)).toEqual({ passed: 36_554_321, failed: 2 });
  });

  test("counts a report that is missing as a failure", () => {
    rmSync(join(root, "apps/c/.results"), { recursive: true });
    expect(readTally(root)).toEqual({ passed: 36_550_321, failed: 3 });
  });

  test("forgets the reports of an earlier run", () => {
    forgetReports(root);
    expect(readTally(root)).toEqual({ passed: 0, failed: 9 });
  });
});
