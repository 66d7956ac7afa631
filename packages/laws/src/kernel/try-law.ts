// Tries one law: first the regressions that were kept for it, then the place where it once failed, then
// generated inputs. How often each
// interesting case was met is counted; a law that is hardly ever put to the test fails as vacuous.

import fc, { type RunDetails } from "fast-check";
import type { Law, Reached, Trial } from "./law.js";
import type { LawFailed, LawResult } from "./result.js";

export interface TrySettings {
  readonly seed: number;
  readonly runs: number;
  /** Inputs of this law that once failed. */
  readonly kept: readonly unknown[];
  /** Where this law once failed. */
  readonly replay: { readonly seed: number; readonly path: string } | null;
}

interface Tally {
  runs: number;
  readonly met: Map<string, number>;
}

/** Tries a law whose trial is synchronous. */
export function tryLaw<Subject>(
  law: Law<Subject>,
  subject: Subject,
  settings: TrySettings,
): LawResult {
  const trial = prepared(law, subject);
  if ("verdict" in trial) return trial;
  for (const input of settings.kept) {
    try {
      done(trial.holds(input, ignore));
    } catch (error) {
      return failed(law, trial, input, error, null);
    }
  }
  const tally: Tally = { runs: 0, met: new Map() };
  const property = fc.property(trial.inputs, (input) => {
    done(trial.holds(input, counting(tally)));
  });
  if (settings.replay) {
    const details = fc.check(property, again(settings.replay));
    if (details.failed) return judged(law, trial, tally, details);
    forget(tally);
  }
  return judged(law, trial, tally, fc.check(property, parameters(settings)));
}

/** Tries a law whose trial may take turns of the event loop. */
export async function tryLawAsync<Subject>(
  law: Law<Subject>,
  subject: Subject,
  settings: TrySettings,
): Promise<LawResult> {
  const trial = prepared(law, subject);
  if ("verdict" in trial) return trial;
  for (const input of settings.kept) {
    try {
      await trial.holds(input, ignore);
    } catch (error) {
      return failed(law, trial, input, error, null);
    }
  }
  const tally: Tally = { runs: 0, met: new Map() };
  const property = fc.asyncProperty(trial.inputs, async (input) => {
    await trial.holds(input, counting(tally));
  });
  if (settings.replay) {
    const details = await fc.check(property, again(settings.replay));
    if (details.failed) return judged(law, trial, tally, details);
    forget(tally);
  }
  return judged(law, trial, tally, await fc.check(property, parameters(settings)));
}

/** The trial; or a result, where there is none, or where the subject throws already here. */
function prepared<Subject>(law: Law<Subject>, subject: Subject): Trial | LawResult {
  try {
    const trial = law.trial(subject);
    return typeof trial === "string" ? { verdict: "not-run", law: law.name, reason: trial } : trial;
  } catch (error) {
    return untold(law, `it threw when it was looked at first: ${messageOf(error)}`, false);
  }
}

/** A failure without an input. */
function untold<Subject>(law: Law<Subject>, why: string, vacuous: boolean): LawFailed {
  const { name, says } = law;
  return { verdict: "failed", law: name, says, why, vacuous, input: null, table: "", replay: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const ignore: Reached = () => {};

/** What a synchronous law returned. One that takes turns would pass without having been tried. */
function done(result: void | Promise<void>): void {
  if (result !== undefined) throw new Error("this law takes turns: it is for `tryLawAsync`");
}

function parameters({ seed, runs }: TrySettings) {
  return { seed, numRuns: runs };
}

/** The one input at that place, as it is: it was shrunk already. */
function again({ seed, path }: NonNullable<TrySettings["replay"]>) {
  return { seed, path, numRuns: 1, endOnFailure: true };
}

function forget(tally: Tally): void {
  tally.runs = 0;
  tally.met.clear();
}

/** Counts each case once per run. */
function counting(tally: Tally): Reached {
  const here = new Set<string>();
  tally.runs++;
  return (what) => {
    if (here.has(what)) return;
    here.add(what);
    tally.met.set(what, (tally.met.get(what) ?? 0) + 1);
  };
}

function judged<Subject>(
  law: Law<Subject>,
  trial: Trial,
  { runs, met }: Tally,
  details: RunDetails<[unknown]>,
): LawResult {
  if (details.failed) {
    const { counterexample, counterexamplePath, errorInstance, seed } = details;
    const replay = { seed, path: counterexamplePath ?? "" };
    return failed(law, trial, counterexample?.[0], errorInstance, replay);
  }
  const counts = trial.cases.map((what): [string, number] => [what, met.get(what) ?? 0]);
  const rare = counts.filter(([, count]) => count < runs * trial.leastShare);
  if (rare.length === 0) {
    return { verdict: "passed", law: law.name, runs, reached: Object.fromEntries(counts) };
  }
  const least = `${Math.round(trial.leastShare * 100)} %`;
  const seldom = rare.map(([what, count]) => `"${what}" in ${count} of ${runs} runs`).join(", ");
  const why = `vacuous: met ${seldom}, at least ${least} are needed to tell`;
  return untold(law, why, true);
}

function failed<Subject>(
  law: Law<Subject>,
  trial: Trial,
  input: unknown,
  error: unknown,
  replay: LawFailed["replay"],
): LawFailed {
  return {
    verdict: "failed",
    law: law.name,
    says: law.says,
    why: messageOf(error),
    vacuous: false,
    input,
    table: shown(trial, input),
    replay,
  };
}

/** A table is made by telling the subject its story again, and a broken one may throw there, too. */
function shown(trial: Trial, input: unknown): string {
  try {
    return trial.show(input);
  } catch {
    return JSON.stringify(input);
  }
}
