// Sentences of the core count in milliseconds, since 1970 for an instant; a person reads a time of day, and `10m`.

import { compact } from "./compact.js";

const INSTANT = /the instant (-?[0-9][0-9 ]*)/g;
const DURATION = /([0-9][0-9 ]*(?:\.[0-9]+)?) ms\b/g;

const numberIn = (digits: string) => Number(digits.replaceAll(" ", ""));

export function onTheClock(sentence: string): string {
  return sentence
    .replaceAll(INSTANT, (_, at: string) => new Date(numberIn(at)).toTimeString().slice(0, 8))
    .replaceAll(DURATION, (_, ms: string) => compact(Math.ceil(numberIn(ms))));
}
