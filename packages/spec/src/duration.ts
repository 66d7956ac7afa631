// Durations as text: numbers with units, the largest first, each unit at most once.
//
// - A number has at most 8 digits, so that no duration is beyond 2^53-1 ms.
// - What is written has each unit that is not 0; 0 is "0s".
// - No fractions, no spaces, no sign: "1500ms" or "1s500ms", not "1.5s".

import { readArguments } from "@steadfast/policy";
import { PolicySpecError } from "./policy-spec-error.js";
import { shown } from "./shown.js";

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
] as const;

/** A number with at most so many digits, as the source of a regular expression. */
export const DIGITS = "[0-9]{1,8}";

/** What one duration looks like, as the source of a regular expression without anchors and groups. */
export const DURATION = UNITS.map(([unit], i) => {
  const smaller = UNITS.slice(i + 1).map(([next]) => `(?:${DIGITS}${next})?`);
  return `${DIGITS}${unit}${smaller.join("")}`;
}).join("|");

/** For messages. */
export const A_DURATION = 'a duration such as "500ms", "10s" or "1h30m"';

const WHOLE = new RegExp(`^(?:${DURATION})$`);
const LONGEST_TRIED = 60;
const PART = /([0-9]+)([a-z]+)/g;
const MS: ReadonlyMap<string, number> = new Map(UNITS);

/** The milliseconds, or null for what is no duration. */
export function millisOf(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  const parts = [...text.matchAll(PART)];
  return parts.reduce((sum, [, n, unit = ""]) => sum + Number(n) * (MS.get(unit) ?? 0), 0);
}

/** What may have been meant by what is no duration. */
export function meantDuration(text: string): string {
  if (text.length > LONGEST_TRIED) return "";
  if (/^[0-9]{1,8}$/.test(text)) return `did you mean ${Number(text)}, or ${shown(`${text}ms`)}?`;
  const short = text
    .toLowerCase()
    .replaceAll(" ", "")
    .replaceAll(/(ms|[dhms])[a-z]*/g, "$1");
  const [, n, unit = ""] = /^([0-9]{1,5}\.[0-9]{1,3})([dhms])$/.exec(short) ?? [];
  const meant = n === undefined ? short : `${Math.round(Number(n) * (MS.get(unit) ?? 0))}ms`;
  return millisOf(meant) === null ? "" : `did you mean ${shown(meant)}?`;
}

/**
 * Reads a duration: the milliseconds of a text such as `10s`.
 *
 * Decides: the sum of its numbers, each with a unit: `d`, `h`, `m`, `s`, `ms`, in this order, each at most
 * once; a number has 1 to 8 digits and no fraction. `0s` is 0; the longest is below 2^53 ms.
 * Effect on state: none. Errors: `PolicySpecError` for anything else, with what may have been meant.
 *
 * @since 0.1.0
 * @example
 * ["500ms", "10s", "1h30m", "1d"].map(durationFrom); // => [500, 10_000, 5_400_000, 86_400_000]
 */
export function durationFrom(text: string): number {
  readArguments("durationFrom", arguments, 1);
  const ms = typeof text === "string" ? millisOf(text) : null;
  if (ms !== null) return ms;
  const meant = typeof text === "string" ? meantDuration(text) : "";
  throw new PolicySpecError("", A_DURATION, shown(text), meant, "duration");
}

/** What `durationFrom` reads at the most. */
const LONGEST_MS = 1e8 * 86_400_000 - 1;

/**
 * Writes a duration: milliseconds as the text that `durationFrom` reads.
 *
 * Decides: as many of each unit as fit, the largest first, those of which there are none left out. Units: milliseconds, whole, from
 * 0 (`0s`) to 8 639 999 999 999 999 (`99999999d23h59m59s999ms`); no default. Effect on state: none. Errors: `PolicySpecError` for
 * anything else.
 *
 * @since 0.1.0
 * @example
 * [500, 10_000, 5_400_000, 0].map(durationText); // => ["500ms", "10s", "1h30m", "0s"]
 */
export function durationText(ms: number): string {
  readArguments("durationText", arguments, 1);
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > LONGEST_MS) {
    const allowed = `a whole number of milliseconds from 0 to ${LONGEST_MS}`;
    throw new PolicySpecError("", allowed, shown(ms), "", "ms");
  }
  let rest = ms;
  let text = "";
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * length;
  }
  return text === "" ? "0s" : text;
}
