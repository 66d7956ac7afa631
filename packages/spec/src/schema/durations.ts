// Durations as text, in the words of a schema: what a range of milliseconds is among them.

import { DURATION } from "../duration.js";
import { definition, type Schema } from "./fragments.js";

const text = (pattern: string): Schema => ({ type: "string", pattern });
const both = (name: string, pattern: string): Schema => ({
  allOf: [definition(name), { pattern }],
});

const millis = (digits: string) => `${digits}ms`;
/** The duration without its milliseconds, or with such as are whole seconds. */
const inSeconds = DURATION.replaceAll(millis("[0-9]{1,8}"), millis("(?:0{1,2}|[0-9]{0,5}000)"));

/** That a duration is at least so many seconds, from 1 to 9: not zero above seconds, or enough below. */
function atLeastSeconds(least: number): string {
  const above = "[1-9][0-9]*(?:d|h|m(?:[^s]|$))";
  const seconds = `(?:^|[a-z])0*(?:[${least}-9]|[1-9][0-9]+)s`;
  const filledUp = Array.from({ length: least }, (_, n) => {
    const part = n === 0 ? "(?:0+s)?" : `0*${n}s`;
    return `(?:^|[a-z])${part}0*(?:[${least - n}-9][0-9]{3}|[1-9][0-9]{4,})ms`;
  });
  return [above, seconds, ...filledUp].join("|");
}

/** The definitions that the options refer to. */
export const durations: { readonly [name: string]: Schema } = {
  duration: text(`^(?:${DURATION})$`),
  durationAboveZero: both("duration", "[1-9]"),
  wholeSeconds: text(`^(?:${inSeconds})$`),
  wholeSecondsAboveZero: both("wholeSeconds", "[1-9]"),
  atLeast5s: both("duration", atLeastSeconds(5)),
};
