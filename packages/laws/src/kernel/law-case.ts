// One law about one subject, for a test runner to loop over. What cannot be tried is skipped, not green.

import { PolicyOptionsError } from "@steadfast/policy";
import type { Law } from "./law.js";
import { lawReport } from "./report.js";
import type { LawResult } from "./result.js";
import { type Paste, unbroken } from "./unbroken.js";

/** What a runner hands to a test, as far as it can skip one: the context of vitest, the `t` of node:test. */
interface SkippingContext {
  skip(reason?: string): void;
}

/**
 * One law about one subject, for a test runner to loop over.
 * @since 0.1.0
 */
export interface LawCase {
  /** The law's stable name. */
  readonly name: string;
  /** The law as a sentence. */
  readonly says: string;
  /** Why it cannot be tried on this subject; null if it can. */
  readonly notRun: string | null;
  /**
   * Tries it. Throws a `LawsBrokenError` where it is broken or hardly ever put to the test. Where it cannot
   * be tried, it skips the test whose context it is given: `test(name, run)` is all that vitest and node:test
   * need.
   */
  readonly run: (context?: unknown) => LawResult;
}

/**
 * One law about one subject whose trial takes turns of the event loop.
 * @since 0.1.0
 */
export interface AsyncLawCase extends Omit<LawCase, "run"> {
  /** As `run` of `LawCase`; rejects where that throws. */
  readonly run: (context?: unknown) => Promise<LawResult>;
}

interface Cases<Subject> {
  readonly name: string;
  readonly subject: Subject;
  readonly laws: readonly Law<Subject>[];
  readonly paste: Paste;
  /** The result of a law that is not to be tried, else null. */
  skipped(law: Law<Subject>): LawResult | null;
  /** Whether something is kept that must be tried again. */
  isKept(law: Law<Subject>): boolean;
}

export function lawCases<Subject>(
  cases: Cases<Subject>,
  tryOne: (law: Law<Subject>) => LawResult,
): readonly LawCase[] {
  return cases.laws.map((law) => {
    const reason = once(() => whyNot(cases, law));
    return {
      name: law.name,
      says: law.says,
      get notRun() {
        return reason();
      },
      // No parameter by name: Jest would take one for a callback, and wait for it.
      run: (...[context]) => ended(cases, tryOne(law), context),
    };
  });
}

export function asyncLawCases<Subject>(
  cases: Cases<Subject>,
  tryOne: (law: Law<Subject>) => Promise<LawResult>,
): readonly AsyncLawCase[] {
  return cases.laws.map((law) => {
    const reason = once(() => whyNot(cases, law));
    return {
      name: law.name,
      says: law.says,
      get notRun() {
        return reason();
      },
      run: async (...[context]) => ended(cases, await tryOne(law), context),
    };
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function whyNot<Subject>(cases: Cases<Subject>, law: Law<Subject>): string | null {
  const skipped = cases.skipped(law);
  if (skipped?.verdict === "not-run") return skipped.reason;
  if (cases.isKept(law)) return null;
  try {
    const trial = law.trial(cases.subject);
    return typeof trial === "string" ? trial : null;
  } catch {
    return null; // to run it says what was thrown
  }
}

function ended<Subject>(
  { name, paste }: Cases<Subject>,
  result: LawResult,
  context: unknown,
): LawResult {
  if (result.verdict === "not-run" && canSkip(context)) context.skip(result.reason);
  unbroken(lawReport(name, [result]), paste);
  return result;
}

function canSkip(context: unknown): context is SkippingContext {
  return (
    typeof context === "object" &&
    context !== null &&
    "skip" in context &&
    typeof context.skip === "function"
  );
}

/**
 * A function that registers tests, as vitest, node:test, Jest and Bun have it.
 * @since 0.1.0
 */
export interface TestFunction {
  (name: string, run: () => unknown): unknown;
  /** Registers one that is not run. */
  readonly skip: (name: string, run: () => unknown) => unknown;
}

/**
 * Registers a test for each law; those that cannot be tried are skipped, with the reason in their names.
 *
 * Decides: a law whose `notRun` is null is registered by `test`, any other by `test.skip`. Effect: calls
 * `test` and `test.skip` once per law; the laws run when the runner runs them. Errors: `PolicyOptionsError` for what registers no tests.
 *
 * @since 0.1.0
 * @example
 * const skipped: string[] = [];
 * const test = Object.assign(() => {}, { skip: (name: string) => void skipped.push(name) });
 * registerLaws(test, policyLaws(restartOn("transient")));
 * skipped.includes("unit-free (not run: `scaled` was not given)"); // => true
 */
export function registerLaws(test: TestFunction, laws: readonly (LawCase | AsyncLawCase)[]): void {
  if (typeof test !== "function" || typeof test.skip !== "function") {
    const allowed = "a function that registers tests, with skip()";
    throw new PolicyOptionsError("registerLaws", "test", allowed, test);
  }
  for (const { name, notRun, run } of laws) {
    if (notRun === null) test(name, () => run());
    else test.skip(`${name} (not run: ${notRun})`, () => {});
  }
}
