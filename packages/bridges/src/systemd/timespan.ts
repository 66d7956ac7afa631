// systemd's units of time, as systemd.time(7) has them: "5min 20s", "1.5s", "infinity"; a bare number is seconds.
//
// - Microseconds are the finest there is: what is less is dropped, as systemd does.
// - A month is 30.4375 days and a year 365.25.

const SECOND = 1e6;
const DAY = 86_400 * SECOND;
const UNITS: readonly (readonly [words: string, us: number])[] = [
  ["usec us µs μs", 1],
  ["msec ms", 1e3],
  ["seconds second sec s", SECOND],
  ["minutes minute min m", 60 * SECOND],
  ["hours hour hr h", 3_600 * SECOND],
  ["days day d", DAY],
  ["weeks week w", 7 * DAY],
  ["months month M", 30.4375 * DAY],
  ["years year y", 365.25 * DAY],
];
const US = new Map(UNITS.flatMap(([words, us]) => words.split(" ").map((word) => [word, us])));
const PART = /\s*(\d+)(?:\.(\d*))?\s*([A-Za-zµμ]*)\s*/y;

/** The milliseconds, with fractions; Infinity for `infinity`; null for what is no time span. */
export function timespanMs(text: string): number | null {
  if (text.trim() === "infinity") return Number.POSITIVE_INFINITY;
  let us = 0;
  PART.lastIndex = 0;
  do {
    const part = PART.exec(text);
    if (part === null) return null;
    const [, whole = "", fraction = "", unit = ""] = part;
    const one = US.get(unit || "s");
    if (one === undefined) return null;
    us += Number(whole) * one + Math.floor(Number(`0.${fraction || 0}`) * one);
  } while (PART.lastIndex < text.length);
  return us / 1e3 > Number.MAX_SAFE_INTEGER ? null : us / 1e3; // systemd cannot count so far, either
}

/** A time span that `timespanMs` reads back, to the microsecond. */
export function timespan(ms: number | null): string {
  if (ms === null || ms === Number.POSITIVE_INFINITY) return "infinity";
  if (Number.isInteger(ms / 1e3)) return `${ms / 1e3}s`;
  return Number.isInteger(ms) ? `${ms}ms` : `${Math.round(ms * 1e3)}us`;
}
