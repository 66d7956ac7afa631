// Traces that are too long to try all of them: the same life over and over, as long as the limits of the two
// say; then `runs` traces of lives at random that often repeat.

import type { Exit, Millis } from "@steadfast/policy";
import { chanceOf } from "../simulate/chance.js";
import { lengthOf } from "./chain.js";
import { DRAW, type Life, live, type Stage, type Twin } from "./twin.js";
import { timedUptimes } from "./uptimes.js";

/** Lives played of one over and over, all traces together. */
const MOST_REPEATED = 150_000;
/** Lives at random in one trace. */
const RANDOM_LIVES = 60;

/** How far to look. */
export interface Search {
  readonly exits: readonly Exit[];
  readonly runs: number;
  readonly maxLives: number;
  readonly seed: number;
}

export interface LongTraces {
  /** Those on which they disagree. */
  readonly found: Twin[];
  /** How many were played, and how many lives the longest had. */
  readonly traces: number;
  readonly lives: number;
}

interface Uptimes {
  readonly times: readonly Millis[];
  readonly plain: readonly Millis[];
}

export function longTraces(
  stage: Stage,
  first: Twin,
  { exits, runs, maxLives, seed, times, plain }: Search & Uptimes,
): LongTraces {
  const found: Twin[] = [];
  let traces = 0;
  let lives = 0;
  let repeated = 0;

  /** One of at most so many lives: longer than what was found is of no use. */
  function play(most: number, lifeAfter: (twin: Twin) => Life): number {
    const least = Math.min(most, ...found.map((one) => lengthOf(one.lives)));
    let twin = first;
    while (lengthOf(twin.lives) < least && twin.status === "up") {
      twin = live(stage, twin, lifeAfter(twin));
    }
    traces++;
    lives = Math.max(lives, lengthOf(twin.lives));
    if (twin.status === "differ") found.push(twin);
    return lengthOf(twin.lives);
  }

  const uptimes = plain.length > 60 ? [0, 1, ...times] : plain;
  const each = uptimes.flatMap((uptimeMs) => exits.map((exit) => ({ uptimeMs, exit, draw: DRAW })));
  for (const life of each) {
    if (repeated < MOST_REPEATED) repeated += play(maxLives, () => life);
  }
  for (let run = 0; run < runs; run++) {
    const random = chanceOf(seed)(`run ${run}`);
    play(Math.min(maxLives, RANDOM_LIVES), (twin) => anyLife(twin, random));
  }
  return { found, traces, lives };

  function anyLife(twin: Twin, random: () => number): Life {
    const last = twin.lives?.last;
    if (last && random() < 0.7) return last;
    const from = random() < 0.3 ? timedUptimes(twin, times) : plain;
    const uptimeMs = pick(from, random) ?? 0;
    const draw = random() < 0.8 ? DRAW : random();
    return { uptimeMs, exit: pick(exits, random) as Exit, draw };
  }
}

function pick<Value>(from: readonly Value[], random: () => number): Value | undefined {
  return from[Math.floor(random() * from.length)];
}
