// Making a trace shorter while they still disagree at its end: lives are left out, many at a time and then
// one by one; what is left is made as short as halving finds, and its exits as simple. Until nothing helps, or
// so many lives were replayed for it.

import type { Exit } from "@steadfast/policy";
import { listOf } from "./chain.js";
import { isShorter, type Life, replayLives, type Stage, type Twin } from "./twin.js";

const MOST_ROUNDS = 20;
const MOST_REPLAYED = 100_000;

export function shortened(stage: Stage, found: Twin, exits: readonly Exit[]): Twin {
  let best = found;
  let lives = listOf(found.lives);
  let replayed = 0;
  // The same life of no time over and over: any part of it is a beginning of it, on which they agreed.
  const [first] = lives;
  if (first?.uptimeMs === 0 && lives.every((life) => life === first)) {
    return simplified(stage, found, exits);
  }

  /** Whether these lives are a shorter way to a disagreement; then they are kept. */
  function helps(others: readonly Life[]): boolean {
    replayed += others.length;
    if (replayed > MOST_REPLAYED) return false;
    const twin = replayLives(stage, others);
    if (twin.status !== "differ" || !isShorter(twin, best)) return false;
    best = twin;
    lives = listOf(twin.lives);
    return true;
  }

  function leaveOut(): void {
    for (let size = lives.length; size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from + size <= lives.length; ) {
        if (!helps(lives.toSpliced(from, size))) from++;
        if (replayed > MOST_REPLAYED) return;
      }
    }
  }

  function shortenEach(): void {
    for (let i = 0; i < lives.length; i++) {
      const life = lives[i] as Life;
      if (life.uptimeMs === 0 || helps(lives.with(i, { ...life, uptimeMs: 0 }))) continue;
      let low = 0;
      while (low + 1 < (lives[i]?.uptimeMs ?? 0)) {
        const uptimeMs = low + Math.floor(((lives[i] as Life).uptimeMs - low) / 2);
        if (!helps(lives.with(i, { ...life, uptimeMs }))) low = uptimeMs;
        if (lives.length <= i) return;
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
  let lives = listOf(found.lives);
  let replayed = 0;
  const [exit] = exits;
  for (let i = 0; i < lives.length; i++) {
    for (const simpler of [{ exit, draw: 0.5 }, { exit }, { draw: 0.5 }]) {
      const life = { ...(lives[i] as Life), ...simpler } as Life;
      if (isSame(life, lives[i] as Life)) break;
      replayed += lives.length;
      if (replayed > MOST_REPLAYED) return best;
      const twin = replayLives(stage, lives.with(i, life));
      const asGood = twin.status === "differ" && !isShorter(best, twin);
      if (asGood && twin.lives?.length === lives.length) {
        best = twin;
        lives = listOf(twin.lives);
        break;
      }
    }
  }
  return best;
}

function isSame(one: Life, other: Life): boolean {
  return one.exit === other.exit && one.draw === other.draw;
}
