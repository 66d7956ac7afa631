// After the exit, in this order: end what is left of the group, then read what is left in the pipes.
// The order matters: while a member of the group lives, the pipes may still fill.

import { drain } from "./drain.js";
import type { ProcessGroup } from "./process-group.js";
import { type SweepEnd, sweep } from "./sweep.js";

/** What an exit leaves behind. */
export interface Remains {
  /** The group to be swept; null where there is none, or where it is to live on. */
  readonly group: ProcessGroup | null;
  /** Grows with every piece that was read of the child. */
  readonly received: () => number;
}

/** Calls `done` once, never in the same turn: when the group is over, or given up, and all is read. */
export function clearAway(
  { group, received }: Remains,
  later: (waitMs: number, look: () => void) => void,
  done: (end: SweepEnd) => void,
): void {
  const swept = (end: SweepEnd) => drain(received, setImmediate, () => done(end));
  if (group) sweep(group, later, swept);
  else swept("empty");
}
