// What the doors of every family of laws have in common: all laws in one report, the report or an error, and
// the laws one by one for a test runner.

import type { Law } from "./law.js";
import { type AsyncLawCase, asyncLawCases, type LawCase, lawCases } from "./law-case.js";
import { type LawReport, lawReport } from "./report.js";
import type { LawResult } from "./result.js";
import { type CheckOptions, checkSettings, isKept, skipped, trySettings } from "./settings.js";
import { tryLaw, tryLawAsync } from "./try-law.js";
import { type Paste, unbroken } from "./unbroken.js";

/** What is checked; `name` is what it is called in reports. */
interface Named {
  readonly name: string;
}

/** The doors of laws that are tried at once. Each throws `PolicyOptionsError` for bad options, as `owner`. */
export interface Checker<Subject> {
  report(owner: string, subject: Subject, options: CheckOptions): LawReport;
  /** The report, or a `LawsBrokenError`. */
  check(owner: string, subject: Subject, options: CheckOptions): LawReport;
  cases(owner: string, subject: Subject, options: CheckOptions): readonly LawCase[];
}

/** The same of laws whose trials take turns of the event loop. */
export interface AsyncChecker<Subject> {
  report(owner: string, subject: Subject, options: CheckOptions): Promise<LawReport>;
  check(owner: string, subject: Subject, options: CheckOptions): Promise<LawReport>;
  cases(owner: string, subject: Subject, options: CheckOptions): readonly AsyncLawCase[];
}

/** `own` are the options that the check has beside those that all have. */
export function checker<Subject extends Named>(
  laws: readonly Law<Subject>[],
  paste: Paste,
  own: readonly string[],
): Checker<Subject> {
  function report(owner: string, subject: Subject, options: CheckOptions): LawReport {
    const { tried } = planOf(owner, laws, own, subject, options);
    return lawReport(subject.name, laws.map(tried(tryLaw)));
  }
  return {
    report,
    check: (owner, subject, options) => unbroken(report(owner, subject, options), paste),
    cases(owner, subject, options) {
      const { tried, ...plan } = planOf(owner, laws, own, subject, options);
      return lawCases({ ...plan, paste }, tried(tryLaw));
    },
  };
}

export function asyncChecker<Subject extends Named>(
  laws: readonly Law<Subject>[],
  paste: Paste,
  own: readonly string[],
): AsyncChecker<Subject> {
  async function report(
    owner: string,
    subject: Subject,
    options: CheckOptions,
  ): Promise<LawReport> {
    const tryOne = planOf(owner, laws, own, subject, options).tried(tryLawAsync);
    const results: LawResult[] = [];
    for (const law of laws) results.push(await tryOne(law));
    return lawReport(subject.name, results);
  }
  return {
    report,
    check: async (owner, subject, options) =>
      unbroken(await report(owner, subject, options), paste),
    cases(owner, subject, options) {
      const { tried, ...plan } = planOf(owner, laws, own, subject, options);
      return asyncLawCases({ ...plan, paste }, async (law) => tried(tryLawAsync)(law));
    },
  };
}

function planOf<Subject extends Named>(
  owner: string,
  laws: readonly Law<Subject>[],
  own: readonly string[],
  subject: Subject,
  options: CheckOptions,
) {
  const settings = checkSettings(owner, options, laws, own);
  const skippedLaw = (law: Law<Subject>) => skipped(law, settings);
  return {
    name: subject.name,
    subject,
    laws,
    skipped: skippedLaw,
    isKept: (law: Law<Subject>) => isKept(law, settings),
    /** Tries one law that is to be tried. */
    tried:
      <Result>(attempt: (law: Law<Subject>, subject: Subject, how: TrySettings) => Result) =>
      (law: Law<Subject>): LawResult | Result =>
        skippedLaw(law) ?? attempt(law, subject, trySettings(law, settings)),
  };
}

type TrySettings = ReturnType<typeof trySettings>;
