/** The clock of a golden case. */
export type Clock = (atMs: number) => number;

/** As the file has it, steps back included. */
export const asGiven: Clock = (atMs) => atMs;

/** Our rule: a clock that went back stands still until it has caught up. */
export function held(): Clock {
  let now = Number.MIN_SAFE_INTEGER;
  return (atMs) => {
    now = Math.max(now, atMs);
    return now;
  };
}
