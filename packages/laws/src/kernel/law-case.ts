import type { LawResult } from "./result.js";

/**
 * One law about one subject, for a test runner to loop over.
 * @since 0.1.0
 */
export interface LawCase {
  /** The law's stable name. */
  readonly name: string;
  /** The law as a sentence. */
  readonly says: string;
  /** Tries it. Throws a `LawsBrokenError` where it is broken or hardly ever put to the test. */
  run(): LawResult;
}

/**
 * One law about one subject whose trial takes turns of the event loop.
 * @since 0.1.0
 */
export interface AsyncLawCase {
  /** The law's stable name. */
  readonly name: string;
  /** The law as a sentence. */
  readonly says: string;
  /** Tries it. Rejects with a `LawsBrokenError` where it is broken or hardly ever put to the test. */
  run(): Promise<LawResult>;
}
