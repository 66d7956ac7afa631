// One file descriptor kept back while there are groups to be looked after. A host that has run out of
// descriptors could not open `/proc` any more, and would take zombies for the living.

import { closeSync, openSync } from "node:fs";

let holders = 0;
let reserve: number | null = null;

/** Keeps the reserve until what is returned is called; a second call of that does nothing. Errors: none. */
export function holdReserve(): () => void {
  holders++;
  take();
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    holders--;
    if (holders === 0) giveBack();
  };
}

/** Runs what opens files, one at a time; where there is no descriptor left for it, once more with the reserve. */
export function withReserve<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (reserve === null || !isExhausted(error)) throw error;
    giveBack();
    try {
      return run();
    } finally {
      take();
    }
  }
}

/** Whether an error says that there are no file descriptors left, here or in the whole system. */
export function isExhausted(error: unknown): boolean {
  return ["EMFILE", "ENFILE"].includes(String((error as NodeJS.ErrnoException).code));
}

function take(): void {
  try {
    reserve ??= openSync("/dev/null", "r");
  } catch {
    // None is left: `run` fails as it would without a reserve.
  }
}

function giveBack(): void {
  if (reserve !== null) closeSync(reserve);
  reserve = null;
}
