// The options that every check has.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import fc from "fast-check";
import type { Law } from "./law.js";
import { type LawResult, NOT_ASKED_FOR } from "./result.js";
import type { TrySettings } from "./try-law.js";

/**
 * How laws are tried.
 * @since 0.1.0
 */
export interface CheckOptions {
  /** How many inputs per law, a whole number from 1 to 1 000 000. Default: fast-check's global `numRuns`, else 200. */
  readonly runs?: number;
  /** Of the inputs, a whole number from -2^31 to 2^31-1. Default: fast-check's global `seed`, else 20261121: the same on every run. */
  readonly seed?: number;
  /** The names of the laws to try. Default: all. */
  readonly only?: readonly string[];
  /** Laws that are not to be tried, each with the reason, which is reported. Default: none. */
  readonly skip?: { readonly [law: string]: string };
  /** Inputs that once broke a law, as a failure printed them; each is tried first. Default: none. */
  readonly regressions?: readonly Regression[];
  /** Where a law once failed, as the failure printed it: tried first, too. Default: nowhere. */
  readonly replay?: Replay;
}

/**
 * An input that once broke a law.
 * @since 0.1.0
 */
export interface Regression {
  /** The law's name. */
  readonly law: string;
  /** The input, as the failure printed it. */
  readonly input: unknown;
}

/**
 * Where a law once failed: as long as neither the law nor the inputs change, the same input again.
 * @since 0.1.0
 */
export interface Replay {
  /** The law's name. */
  readonly law: string;
  /** The seed of the run that failed: any number that was a seed. */
  readonly seed: number;
  /** fast-check's path to the shrunk input. */
  readonly path: string;
}

const RUNS = 200;
const SEED = 20_261_121;

export interface CheckSettings {
  readonly seed: number;
  readonly runs: number;
  /** Laws that are not tried, and why. */
  readonly skip: { readonly [law: string]: string };
  readonly regressions: readonly Regression[];
  readonly replay: Replay | null;
}

const COMMON: readonly (keyof CheckOptions)[] = [
  "runs",
  "seed",
  "only",
  "skip",
  "regressions",
  "replay",
];

/**
 * Throws `PolicyOptionsError`, also for the name of a law that there is not, and for an option that is neither
 * common nor among the check's `own`.
 */
export function checkSettings(
  owner: string,
  options: CheckOptions,
  laws: readonly Pick<Law<never>, "name">[],
  own: readonly string[],
): CheckSettings {
  const read = readOptions<Record<string, unknown>>(owner, options as Record<string, unknown>);
  for (const option of [...COMMON, ...own]) read.raw(option);
  read.end();
  if (options.regressions !== undefined) {
    read.checked("regressions", "a list of { law, input }", Array.isArray);
  }
  const names = laws.map(({ name }) => name);
  const known = (option: string, name: string) => {
    if (names.includes(name)) return;
    throw new PolicyOptionsError(owner, option, `the name of a law (${names.join(", ")})`, name);
  };
  const whole = (option: "runs" | "seed", value: number, min: number, max: number): number => {
    if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
    throw new PolicyOptionsError(owner, option, `a whole number from ${min} to ${max}`, value);
  };
  const { only, skip = {}, regressions = [], replay = null } = options;
  for (const name of only ?? []) known("only", name);
  for (const name of Object.keys(skip)) known("skip", name);
  for (const { law } of regressions) known("regressions", law);
  if (replay) known("replay", replay.law);
  const global = fc.readConfigureGlobal();
  const left = only ? names.filter((name) => !only.includes(name)) : [];
  return {
    runs: whole("runs", options.runs ?? global.numRuns ?? RUNS, 1, 1_000_000),
    seed: whole("seed", options.seed ?? global.seed ?? SEED, -(2 ** 31), 2 ** 31 - 1),
    skip: { ...Object.fromEntries(left.map((name) => [name, NOT_ASKED_FOR])), ...skip },
    regressions,
    replay,
  };
}

/** The result of a law that is not to be tried, else null. */
export function skipped(
  { name }: Pick<Law<never>, "name">,
  { skip }: CheckSettings,
): LawResult | null {
  const reason = skip[name];
  return reason === undefined ? null : { verdict: "not-run", law: name, reason };
}

/** Whether something once failed on this law, and is to be tried again. */
export function isKept(
  { name }: Pick<Law<never>, "name">,
  { regressions, replay }: CheckSettings,
): boolean {
  return replay?.law === name || regressions.some(({ law }) => law === name);
}

export function trySettings(
  { name }: Pick<Law<never>, "name">,
  { seed, runs, regressions, replay }: CheckSettings,
): TrySettings {
  const kept = regressions.filter(({ law }) => law === name).map(({ input }) => input);
  return { seed, runs, kept, replay: replay?.law === name ? replay : null };
}
