// After the leader's exit: kill what is left of its group, and say when nobody is left.
//
// This is not a grace period, which is the supervisor's: SIGKILL has been sent, and the kernel needs
// a moment. The looks come after 0, 1, 2, 4, 8, 16, 32, 50, 50, ... ms, so that the normal case costs
// one system call and no timer. It ends in any case: who still lives after 105 waits, which are 5 s in
// sum, is stuck in the kernel or not ours to signal, and is given up.

import type { ProcessGroup } from "./process-group.js";

const LONGEST_WAIT_MS = 50;
const MOST_WAITS = 105;

/**
 * Kills a group whose leader is gone. False if somebody still lives at the look after the last wait.
 *
 * SIGKILL is sent again before every look, as far as the system lets us. The first look is in the same
 * turn. Effect on state: none but the waits. Errors: none.
 *
 * @param pause waits for so many milliseconds.
 */
export async function sweep(
  group: ProcessGroup,
  pause: (ms: number) => Promise<void>,
): Promise<boolean> {
  // Nobody at all, not even a zombie, is seen without looking.
  for (let waits = 0; group.reach("SIGKILL") && group.alive(); waits++) {
    if (waits === MOST_WAITS) return false;
    await pause(Math.min(2 ** waits, LONGEST_WAIT_MS));
  }
  return true;
}
