// The runs that docs/performance.md shows: a file for each suite under published/, and the summary of a soak.
// `taken` shortens what a run wrote to four digits, so that a file stays small enough to be read.

import { existsSync, readFileSync } from "node:fs";
import type { Machine } from "../machine.ts";
import type { BenchRun } from "../runner.ts";
import { judged } from "../soak/metrics.ts";
import type { Run } from "../soak/run.ts";
import type { Trend } from "../soak/trend.ts";

export const PUBLISHED = new URL("../../published/", import.meta.url);

/** A soak without its readings. */
export interface SoakSummary extends Pick<Run, "minutes" | "seed" | "at" | "load" | "left"> {
  readonly machine: Machine;
  readonly readings: number;
  readonly errors: number;
  readonly trends: Readonly<Record<string, Trend | null>>;
  readonly counts: Run["counts"];
}

export function taken<Value>(value: Value): Value {
  const short = (_: string, one: unknown) =>
    typeof one === "number" ? Number(one.toPrecision(4)) : one;
  return JSON.parse(JSON.stringify(value, short)) as Value;
}

export function soakSummary(run: Run & { readonly machine: Machine }): SoakSummary {
  const { machine, minutes, seed, at, load, left, counts, samples, errors } = run;
  const trends = Object.fromEntries(judged(samples).map(({ name, trend }) => [name, trend]));
  return {
    machine,
    minutes,
    seed,
    at,
    load,
    readings: samples.length,
    errors: errors.length,
    left,
    trends: taken(trends),
    counts,
  };
}

function read(name: string): unknown {
  const file = new URL(`${name}.json`, PUBLISHED);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

export const publishedRun = (suite: string) => read(suite) as BenchRun | null;
export const publishedSoak = () => read("soak") as SoakSummary | null;
