// After the leader's exit: kill what is left of its group, and say when nobody is left.
//
// This is not a grace period, which is the supervisor's: SIGKILL has been sent, and the kernel needs
// a moment. The looks come after 0, 1, 2, 4, 8, 16, 32, 50, 50, ... ms, so that the normal case costs
// one system call and no timer. It ends in any case: who still lives after about 5 s of looking is
// stuck in the kernel or not ours to signal, and is given up.

import type { ProcessGroup } from "./process-group.js";

const LONGEST_WAIT_MS = 50;
const GIVE_UP_AFTER_MS = 5_000;

/** How a sweep ended. `left`: somebody still lives. */
export type SweepEnd = "empty" | "left";

/**
 * Kills a group whose leader is gone.
 *
 * Decides: `empty` at the first look at which nobody lives; `left` at the first look after waits of
 * 5 000 ms or more in sum. SIGKILL is sent again before every look, as far as the system lets us.
 * Effect on state: at most one timer, none after `done` was called; `done` is called once, in the
 * same turn if the group is empty already. Errors: none.
 *
 * @param later calls the function after so many milliseconds.
 */
export function sweep(
  group: ProcessGroup,
  later: (waitMs: number, look: () => void) => void,
  done: (end: SweepEnd) => void,
): void {
  let waitMs = 1;
  let waitedMs = 0;

  function look(): void {
    if (!killed(group) || !group.alive()) return done("empty");
    if (waitedMs >= GIVE_UP_AFTER_MS) return done("left");
    const wait = waitMs;
    waitedMs += wait;
    waitMs = Math.min(wait * 2, LONGEST_WAIT_MS);
    later(wait, look);
  }

  look();
}

/** False if there was nobody to kill, not even a zombie. */
function killed(group: ProcessGroup): boolean {
  try {
    return group.signal("SIGKILL");
  } catch {
    return true; // EPERM: somebody is there
  }
}
