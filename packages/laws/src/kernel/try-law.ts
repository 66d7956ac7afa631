// Tries one law: first the regressions that were kept for it, then the place where it once failed, then
// generated inputs, then those that are always tried. What fails is made as short as it can be. How often
// each interesting case was met is counted; a law that is hardly ever put to the test fails as vacuous.

import fc, { type Parameters as FcParameters, type RunDetails } from "fast-check";
import { exceptionOf, messageOf } from "./exception.js";
import type { Law, Reached, Trial } from "./law.js";
import type { LawFailed, LawResult } from "./result.js";
import { type Found, shortest } from "./shorten.js";

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

/** With fewer runs than this the inputs that are always tried are left out: some of them are long. */
const MANY_RUNS = 100;
/** No law is tried on fewer inputs than these, however much they cost. */
const FEW_RUNS = 20;

/** What a trial asks for: that one input is tried, or that many are generated. */
type Request =
  | { readonly type: "one"; readonly trial: Trial; readonly input: unknown }
  | {
      readonly type: "many";
      readonly trial: Trial;
      readonly tally: Tally;
      readonly parameters: FcParameters<[unknown]>;
    };

/** The failure of the one input, or of those that were generated; null if there is none. */
type Answer = (Found & { readonly replay: LawFailed["replay"] }) | null;

/** Tries a law whose trial is synchronous. */
export function tryLaw<Subject>(
  law: Law<Subject>,
  subject: Subject,
  settings: TrySettings,
): LawResult {
  const trying = steps(law, subject, settings);
  let step = trying.next();
  while (!step.done) step = trying.next(answer(step.value));
  return step.value;
}

/** Tries a law whose trial may take turns of the event loop. */
export async function tryLawAsync<Subject>(
  law: Law<Subject>,
  subject: Subject,
  settings: TrySettings,
): Promise<LawResult> {
  const trying = steps(law, subject, settings);
  let step = trying.next();
  while (!step.done) step = trying.next(await answerLater(step.value));
  return step.value;
}

function answer(request: Request): Answer {
  const { trial } = request;
  if (request.type === "many") {
    const { tally, parameters } = request;
    const property = fc.property(trial.inputs, (input) => {
      done(trial.holds(input, counting(tally)));
    });
    return failureIn(fc.check(property, parameters));
  }
  try {
    done(trial.holds(request.input, ignore));
    return null;
  } catch (error) {
    return { input: request.input, error, replay: null };
  }
}

async function answerLater(request: Request): Promise<Answer> {
  const { trial } = request;
  if (request.type === "many") {
    const { tally, parameters } = request;
    const property = fc.asyncProperty(trial.inputs, async (input) => {
      await trial.holds(input, counting(tally));
    });
    return failureIn(await fc.check(property, parameters));
  }
  try {
    await trial.holds(request.input, ignore);
    return null;
  } catch (error) {
    return { input: request.input, error, replay: null };
  }
}

function failureIn(details: RunDetails<[unknown]>): Answer {
  if (!details.failed) return null;
  const { counterexample, counterexamplePath, errorInstance, seed } = details;
  const replay = { seed, path: counterexamplePath ?? "" };
  return { input: counterexample?.[0], error: errorInstance, replay };
}

/** The trial of a law as steps, which the caller carries out. */
function* steps<Subject>(
  law: Law<Subject>,
  subject: Subject,
  settings: TrySettings,
): Generator<Request, LawResult, Answer> {
  const trial = prepared(law, subject, settings);
  if ("verdict" in trial) return trial;
  for (const input of settings.kept) {
    const failure = yield { type: "one", trial, input };
    if (failure) return failed(law, trial, failure, null);
  }
  const tally: Tally = { runs: 0, met: new Map() };
  if (settings.replay) {
    const parameters = again(settings.replay);
    const failure = yield { type: "many", trial, tally, parameters };
    if (failure) return failed(law, trial, yield* shortened(trial, failure), failure.replay);
    tally.runs = 0;
    tally.met.clear();
  }
  const { seed, runs } = settings;
  const numRuns = Math.min(runs, Math.max(FEW_RUNS, Math.ceil(runs * trial.runsShare)));
  const parameters = { seed, numRuns };
  const failure = yield { type: "many", trial, tally, parameters };
  if (failure) return failed(law, trial, yield* shortened(trial, failure), failure.replay);
  for (const input of runs < MANY_RUNS ? [] : trial.always) {
    const found = yield { type: "one", trial, input };
    if (found) return failed(law, trial, yield* shortened(trial, found), null);
  }
  return judged(law, trial, tally);
}

function* shortened(trial: Trial, found: Found): Generator<Request, Found, Answer> {
  const search = shortest(found, trial.shorter);
  let step = search.next();
  while (!step.done) step = search.next(yield { type: "one", trial, input: step.value });
  return step.value;
}

/** The trial; or a result, where there is none, or where the subject throws already here. */
function prepared<Subject>(
  law: Law<Subject>,
  subject: Subject,
  { kept, replay }: TrySettings,
): Trial | LawResult {
  try {
    const trial = law.trial(subject);
    if (typeof trial !== "string") return trial;
    if (kept.length > 0 || replay) {
      return untold(law, `what once failed cannot be tried again: ${trial}`, false);
    }
    return { verdict: "not-run", law: law.name, reason: trial };
  } catch (error) {
    return {
      ...untold(law, `it threw when it was looked at first: ${messageOf(error)}`, false),
      exception: exceptionOf(error),
    };
  }
}

/** A failure without an input. */
function untold<Subject>(law: Law<Subject>, why: string, vacuous: boolean): LawFailed {
  const { name, says } = law;
  const nothing = { exception: null, input: null, table: "", replay: null };
  return { verdict: "failed", law: name, says, why, vacuous, ...nothing };
}

const ignore: Reached = () => {};

/** What a synchronous law returned. One that takes turns would pass without having been tried. */
function done(result: void | Promise<void>): void {
  if (result !== undefined) throw new Error("this law takes turns: it is for `tryLawAsync`");
}

/** The one input at that place, as it is: it was shrunk already. */
function again({ seed, path }: NonNullable<TrySettings["replay"]>) {
  return { seed, path, numRuns: 1, endOnFailure: true };
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

function judged<Subject>(law: Law<Subject>, trial: Trial, { runs, met }: Tally): LawResult {
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
  { input, error }: Found,
  replay: LawFailed["replay"],
): LawFailed {
  return {
    verdict: "failed",
    law: law.name,
    says: law.says,
    why: law.advice === undefined ? messageOf(error) : `${messageOf(error)}\n${law.advice}`,
    vacuous: false,
    exception: exceptionOf(error),
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
