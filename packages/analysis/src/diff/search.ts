// Finding a trace on which they disagree.
//
// 1. All short traces, one life more at a time, of lives that matter: as far as the number of traces
//    allows. What is found here has the fewest events there can be, of such lives.
// 2. Longer ones. The shortest of those that are found here are shortened afterwards.

import type { Exit } from "@steadfast/policy";
import { allShort } from "./all-short.js";
import { longTraces, type Search } from "./long-traces.js";
import { shortened } from "./shorten.js";
import { begin, DRAW, isShorter, type Life, type Stage, type Twin } from "./twin.js";
import type { Looked } from "./types.js";
import { plainUptimes, timedUptimes, timesOf } from "./uptimes.js";

const MOST_SHORTENED = 8;

export interface Found {
  readonly twin: Twin | null;
  readonly looked: Looked;
}

export function search(stage: Stage, options: Search): Found {
  const { exits, maxLives } = options;
  const times = timesOf(stage.sides);
  const plain = plainUptimes(times);
  const first = begin(stage);
  if (first.status !== "up") {
    const looked = { traces: 1, lives: 0, allUpTo: 0 };
    return { twin: first.status === "differ" ? first : null, looked };
  }

  function livesAfter(twin: Twin): readonly Life[] {
    const uptimes = new Set([...plain, ...timedUptimes(twin, times)]);
    return [...uptimes].flatMap((uptimeMs) =>
      exits.map((exit) => ({ uptimeMs: spawned(exit) ? uptimeMs : 0, exit, draw: DRAW })),
    );
  }

  const { best, looked, depth, complete } = allShort(stage, first, livesAfter, maxLives);
  const short = { traces: 1 + looked, lives: depth, allUpTo: depth };
  if (best || complete) return { twin: best, looked: short };

  const { found, traces, lives } = longTraces(stage, first, { ...options, times, plain });
  const twin = shortestOf(found, (one) => shortened(stage, one, exits));
  const all = { traces: short.traces + traces, lives: Math.max(lives, depth), allUpTo: depth };
  return { twin, looked: all };
}

/** The shortest, once the most promising ones are shortened; null if there are none. */
function shortestOf(found: Twin[], shorter: (twin: Twin) => Twin): Twin | null {
  found.sort((one, other) => Number(isShorter(other, one)) - Number(isShorter(one, other)));
  let best: Twin | null = null;
  for (const twin of found.slice(0, MOST_SHORTENED).map(shorter)) {
    if (!best || isShorter(twin, best)) best = twin;
  }
  return best;
}

function spawned(exit: Exit): boolean {
  return exit.kind !== "spawn-failed";
}
