const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CENTURY = 36_525 * DAY;

/** Milliseconds in words, rounded down to what is still of interest: `250 ms`, `2.3 s`, `9 min 30 s`. */
export function durationWords(ms: number): string {
  if (!(ms > 0)) return "0 ms";
  if (ms < SECOND) return `${Math.floor(ms)} ms`;
  if (ms < MINUTE) return `${Math.floor(ms / 100) / 10} s`;
  if (ms < HOUR) return two(ms, MINUTE, "min", SECOND, "s");
  if (ms < DAY) return two(ms, HOUR, "h", MINUTE, "min");
  if (ms < CENTURY) return two(ms, DAY, "d", HOUR, "h");
  return "more than a century";
}

function two(ms: number, large: number, name: string, small: number, unit: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${name}${rest > 0 ? ` ${rest} ${unit}` : ""}`;
}
