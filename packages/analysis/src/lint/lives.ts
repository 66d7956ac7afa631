const MOST_LIVES = 60;
const HALVINGS = 12;

/**
 * Lives of a child that may make a difference: none, one millisecond, around each of these times, and halves
 * of the longest one.
 */
export function livesOf(timesMs: readonly number[]): readonly number[] {
  const longestMs = Math.max(0, ...timesMs.filter(Number.isSafeInteger));
  const halves = Array.from({ length: HALVINGS }, (_, i) => Math.floor(longestMs / 2 ** (i + 1)));
  const lives = [0, 1, ...halves, ...timesMs.flatMap((ms) => [ms - 1, ms, ms + 1])];
  return [...new Set(lives)]
    .filter((ms) => ms >= 0 && Number.isSafeInteger(ms))
    .sort((one, other) => one - other)
    .slice(0, MOST_LIVES);
}
