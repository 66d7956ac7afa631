// Times for people, in words.

import type { Millis } from "@steadfast/policy";

/** `850 ms`, `12.34 s`, `4 min 10 s`, `3 h 5 min`: exact below an hour for whole milliseconds. */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${Number(ms.toFixed(3))} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(3))} s`;
  if (ms < 3_600_000) return two(ms, 60_000, "min", 1_000, "s");
  if (ms < 86_400_000) return two(ms, 3_600_000, "h", 60_000, "min");
  return two(ms, 86_400_000, "d", 3_600_000, "h");
}

function two(ms: number, large: number, unit: string, small: number, smallUnit: string): string {
  const many = Math.floor(ms / large);
  const few = Number(((ms - many * large) / small).toFixed(large === 60_000 ? 3 : 1));
  return few === 0 ? `${many} ${unit}` : `${many} ${unit} ${few} ${smallUnit}`;
}

/** Sentences of `explain` count milliseconds; a person reads times. */
export function humanized(sentence: string): string {
  return sentence
    .replaceAll(/\bat the instant (\d[\d ]*\d|\d)/g, (_, at) => `at ${durationWords(plain(at))}`)
    .replaceAll(/\b(\d[\d ]*(?:\.\d+)?) ms\b/g, (_, ms) => durationWords(plain(ms)));
}

const plain = (grouped: string): number => Number(grouped.replaceAll(" ", ""));

const NICE = [1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
  [1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  [1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  [1, 2, 3, 6, 12].map((hours) => hours * 3_600_000),
  [1, 2, 5, 10, 20, 50, 100, 200].map((days) => days * 86_400_000),
);

/** The smallest round step of at least so many milliseconds. */
export function niceStep(atLeastMs: number): Millis {
  return NICE.find((step) => step >= atLeastMs) ?? 500 * 86_400_000;
}
