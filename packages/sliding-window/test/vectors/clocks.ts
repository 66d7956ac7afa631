/** The clock of a golden case as the file has it, steps back included. */
export const asGiven = (atMs: number): number => atMs;

/** Our rule: a clock that went back stands still until it has caught up. */
export function held(): (atMs: number) => number {
  let now = Number.MIN_SAFE_INTEGER;
  return (atMs) => {
    now = Math.max(now, atMs);
    return now;
  };
}
