// After the exit: read what the child has written and we have not read yet, without waiting for
// another process. A pipe ends when its last holder closes it, and a grandchild that left the group may hold
// it for days.
//
// What a dead process wrote is in the kernel's buffer, and one turn of the event loop reads all of
// it. So there is nothing left to come when two turns in a row brought nothing. A process that keeps
// writing is cut off after 64 turns. No clock is involved.

const QUIET_TURNS = 2;
const MOST_TURNS = 64;

/**
 * Waits until two turns in a row brought nothing to read, at most 64 turns. Errors: none.
 *
 * @param received grows with every piece that was read.
 * @param turn waits for the next turn of the event loop.
 */
export async function drain(received: () => number, turn: () => Promise<void>): Promise<void> {
  let before = received();
  for (let turns = 0, quiet = 0; quiet < QUIET_TURNS && turns < MOST_TURNS; turns++) {
    await turn();
    quiet = received() === before ? quiet + 1 : 0;
    before = received();
  }
}
