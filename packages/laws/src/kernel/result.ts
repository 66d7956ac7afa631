import type { LawException } from "./exception.js";

/**
 * What became of one law.
 * @since 0.1.0
 */
export type LawResult = LawPassed | LawFailed | LawNotRun;

/**
 * It held in every run, and was put to the test often enough.
 * @since 0.1.0
 */
export interface LawPassed {
  /** What tells the results apart. */
  readonly verdict: "passed";
  /** The law's name. */
  readonly law: string;
  /** How many inputs were tried. */
  readonly runs: number;
  /** In how many of them each interesting case was met. */
  readonly reached: { readonly [what: string]: number };
}

/**
 * It was broken, or hardly ever put to the test (`vacuous`).
 * @since 0.1.0
 */
export interface LawFailed {
  /** What tells the results apart. */
  readonly verdict: "failed";
  /** The law's name. */
  readonly law: string;
  /** The law as a sentence. */
  readonly says: string;
  /** What was wrong, in words. */
  readonly why: string;
  /** True if nothing was found wrong, but the interesting case was too rare to tell. */
  readonly vacuous: boolean;
  /** What the subject threw, if that is what was wrong; null if the law itself is broken, or vacuous. */
  readonly exception: LawException | null;
  /** The shrunk input, plain JSON: what `regressions` takes. Null if there is none: vacuous, or it threw at first sight. */
  readonly input: unknown;
  /** The input as a table. Empty if there is none. */
  readonly table: string;
  /** Repeats the failure: fast-check's seed and path. Null for a kept regression. */
  readonly replay: { readonly seed: number; readonly path: string } | null;
}

/**
 * It could not be tried, which is not the same as passed.
 * @since 0.1.0
 */
export interface LawNotRun {
  /** What tells the results apart. */
  readonly verdict: "not-run";
  /** The law's name. */
  readonly law: string;
  /** Why it was not tried. */
  readonly reason: string;
}

/** Why a law is not run that `only` leaves out. */
export const NOT_ASKED_FOR = "not among `only`";
