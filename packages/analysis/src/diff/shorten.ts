// Making a trace shorter while they still disagree at its end: lives are left out, many at a time and then
// one by one; what is left is made as short as halving finds, and its exits as simple. Until nothing helps.

import type { Exit } from "@steadfast/policy";
import { isShorter, type Life, replayLives, type Stage, type Twin } from "./twin.js";

const MOST_ROUNDS = 20;

export function shortened(stage: Stage, found: Twin, exits: readonly Exit[]): Twin {
  let best = found;

  /** Whether these lives are a shorter way to a disagreement; then they are kept. */
  function helps(lives: readonly Life[]): boolean {
    const twin = replayLives(stage, lives);
    if (twin.status !== "differ" || !isShorter(twin, best)) return false;
    best = twin;
    return true;
  }

  function leaveOut(): void {
    for (let size = best.lives.length; size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from + size <= best.lives.length; ) {
        if (!helps(best.lives.toSpliced(from, size))) from++;
      }
    }
  }

  function shortenEach(): void {
    for (let i = 0; i < best.lives.length; i++) {
      const life = best.lives[i] as Life;
      if (helps(best.lives.with(i, { ...life, uptimeMs: 0 }))) continue;
      let low = 0;
      while (low + 1 < (best.lives[i]?.uptimeMs ?? 0)) {
        const uptimeMs = low + Math.floor(((best.lives[i] as Life).uptimeMs - low) / 2);
        if (!helps(best.lives.with(i, { ...life, uptimeMs }))) low = uptimeMs;
        if (best.lives.length <= i) return;
      }
    }
  }

  for (let round = 0, before: Twin | null = null; round < MOST_ROUNDS && best !== before; round++) {
    before = best;
    leaveOut();
    shortenEach();
  }
  return simplified(stage, best, exits);
}

/** The first of the exits, and the plain draw, wherever that changes neither length nor time. */
function simplified(stage: Stage, found: Twin, exits: readonly Exit[]): Twin {
  let best = found;
  const [exit] = exits;
  found.lives.forEach((_, i) => {
    for (const simpler of [{ exit, draw: 0.5 }, { exit }, { draw: 0.5 }]) {
      const life = { ...(best.lives[i] as Life), ...simpler } as Life;
      const twin = replayLives(stage, best.lives.with(i, life));
      const asGood = twin.status === "differ" && !isShorter(best, twin);
      if (asGood && twin.lives.length === best.lives.length) {
        best = twin;
        break;
      }
    }
  });
  return best;
}
