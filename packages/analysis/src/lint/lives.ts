const MOST_LIVES = 60;
const HALVINGS = 12;
const YEAR_MS = 365 * 86_400_000;

/**
 * Lives of a child that may make a difference: none, one millisecond, around each of these times, and halves
 * of the longest one. None is longer than a year.
 */
export function livesOf(timesMs: readonly number[], mostMs = YEAR_MS): readonly number[] {
  const times = timesMs.filter((ms) => Number.isSafeInteger(ms));
  const longestMs = Math.min(mostMs, Math.max(0, ...times));
  const halves = Array.from({ length: HALVINGS }, (_, i) => Math.floor(longestMs / 2 ** (i + 1)));
  const lives = [0, 1, ...halves, ...times.flatMap((ms) => [ms - 1, ms, ms + 1])];
  return [...new Set(lives)]
    .filter((ms) => ms >= 0 && ms <= mostMs)
    .sort((one, other) => one - other)
    .slice(0, MOST_LIVES);
}
