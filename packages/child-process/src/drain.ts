// After the exit: read what the child has written and we have not read yet, without waiting for a
// stranger. A pipe ends when its last holder closes it, and a grandchild that left the group may hold
// it for days.
//
// What a dead process wrote is in the kernel's buffer, and one turn of the event loop reads all of
// it. So there is nothing left to come when two turns in a row brought nothing. A stranger who keeps
// writing is cut off after 64 turns. No clock is involved.

const QUIET_TURNS = 2;
const MOST_TURNS = 64;

/**
 * Calls `done` once, when there is nothing left to read.
 *
 * Decides: the rule at the top of this file. Effect on state: none after `done`. Errors: none.
 *
 * @param received grows with every piece that was read.
 * @param nextTurn calls the function in the next turn of the event loop: `setImmediate`.
 */
export function drain(
  received: () => number,
  nextTurn: (look: () => void) => void,
  done: () => void,
): void {
  let before = received();
  let quiet = 0;
  let turns = 0;

  function look(): void {
    const now = received();
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    turns += 1;
    if (quiet >= QUIET_TURNS || turns >= MOST_TURNS) done();
    else nextTurn(look);
  }

  nextTurn(look);
}
