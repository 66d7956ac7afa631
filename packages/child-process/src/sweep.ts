// After the leader's exit: what becomes of the rest of its group, until nobody is left.
//
//   patient   a stop was requested: the rest is looked at and let be, however long it takes. The grace period is the
//             supervisor's, which kills at its end
//   firm      nobody asked for the exit: the rest is asked to end, and killed after `graceMs`
//   forced    it was killed: the rest is killed, too
//
// The looks come after 0, 1, 2, 4, 8, 16, 32, 50, 50, ... ms, counted again from the first kill, so that the normal
// case costs one system call and no timer. Once it kills, it ends in any case: who still lives after 105 waits, which
// are 5 s in sum, is stuck in the kernel or not ours to signal, and is given up. Nobody is signalled but in the turn
// in which somebody was seen alive.

import type { ProcessGroup } from "./process-group.js";

const LONGEST_WAIT_MS = 50;
const MOST_WAITS = 105;

/** How the rest of a group is dealt with; it may change meanwhile, and only goes on. */
export type Mood = "firm" | "patient" | "forced";

/** `gone`: nobody was killed. `left`: somebody still lives. `unseen`: nobody can tell. */
export type Rest = "gone" | "killed" | "left" | "unseen";

/** What a sweep goes by. */
export interface SweepTerms {
  readonly mood: () => Mood;
  /** What the rest is to be sent now, each once. Called when somebody was seen alive. */
  readonly owed: () => readonly NodeJS.Signals[];
  /** How long it has then, before it is killed; only while `firm`. */
  readonly graceMs: number;
  /** Waits for so many milliseconds, or less. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Sees a group out whose leader is gone. Effect on state: none but the waits. Errors: none. */
export async function sweep(group: ProcessGroup, terms: SweepTerms): Promise<Rest> {
  const { mood, owed, graceMs, pause } = terms;
  let kills = 0;
  let waits = 0;
  let graceLeft = graceMs;

  for (;;) {
    const sight = await group.look();
    if (sight === "empty") return kills > 0 ? "killed" : "gone";
    if (kills >= MOST_WAITS) return sight === "alive" ? "left" : "unseen";
    const now = mood();
    if (now === "forced" || (now === "firm" && graceLeft <= 0)) {
      if (kills === 0) waits = 0;
      kills++;
      group.reach("SIGKILL");
    } else {
      for (const signal of owed()) group.reach(signal);
    }
    const ms = Math.min(2 ** waits++, LONGEST_WAIT_MS);
    const isTimed = now === "firm" && kills === 0;
    await pause(isTimed ? Math.min(ms, graceLeft) : ms);
    if (isTimed) graceLeft -= Math.min(ms, graceLeft);
  }
}
