// Finding a trace on which they disagree.
//
// 1. All short traces, one life more at a time, of lives that matter: as far as the number of traces
//    allows. What is found here has the fewest events there can be, of such lives.
// 2. The same life over and over; then `runs` traces of lives at random that often repeat. The shortest
//    of those that are found here are shortened afterwards.

import type { Exit } from "@steadfast/policy";
import { chanceOf } from "../simulate/chance.js";
import { shortened } from "./shorten.js";
import { begin, isShorter, type Life, live, type Stage, type Twin } from "./twin.js";
import { plainUptimes, timedUptimes, timesOf } from "./uptimes.js";

const MOST_SHORT = 10_000;
const MOST_SHORTENED = 8;
const DRAW = 0.5;

export interface Search {
  readonly exits: readonly Exit[];
  readonly runs: number;
  readonly maxLives: number;
  readonly seed: number;
}

export function search(stage: Stage, { exits, runs, maxLives, seed }: Search): Twin | null {
  const times = timesOf(stage.sides);
  const plain = plainUptimes(times);
  const first = begin(stage);
  if (first.status !== "up") return first.status === "differ" ? first : null;

  function livesAfter(twin: Twin): readonly Life[] {
    const uptimes = new Set([...plain, ...timedUptimes(twin, times)]);
    return [...uptimes].flatMap((uptimeMs) =>
      exits.map((exit) => ({ uptimeMs: spawned(exit) ? uptimeMs : 0, exit, draw: DRAW })),
    );
  }

  const short = allShort(stage, first, livesAfter, maxLives);
  if (short) return short;

  const found: Twin[] = [];
  const keep = (twin: Twin) => {
    if (twin.status === "differ") found.push(twin);
  };
  const uptimes = plain.length > 60 ? [0, 1, ...times] : plain;
  for (const uptimeMs of uptimes) {
    for (const exit of exits) {
      const life = { uptimeMs, exit, draw: DRAW };
      keep(during(stage, first, maxLives, () => life));
    }
  }
  for (let run = 0; run < runs; run++) {
    const random = chanceOf(seed)(`run ${run}`);
    keep(during(stage, first, maxLives, (twin, last) => anyLife(twin, last, random)));
  }
  return shortestOf(found, (twin) => shortened(stage, twin, exits));

  function anyLife(twin: Twin, last: Life | undefined, random: () => number): Life {
    if (last && random() < 0.7) return last;
    const from = random() < 0.3 ? timedUptimes(twin, times) : plain;
    const uptimeMs = pick(from, random) ?? 0;
    const draw = random() < 0.8 ? DRAW : random();
    return { uptimeMs, exit: pick(exits, random) as Exit, draw };
  }
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

/** Level by level; null: none was found among those that could be looked at. */
function allShort(
  stage: Stage,
  first: Twin,
  livesAfter: (twin: Twin) => readonly Life[],
  maxLives: number,
): Twin | null {
  let level: readonly Twin[] = [first];
  let best: Twin | null = null;
  let looked = 0;
  for (let depth = 1; depth <= maxLives && level.length > 0; depth++) {
    // A trace of so many lives has a start, and two events for each of them, at least.
    if (best && 1 + 2 * depth >= best.rows.length) return best;
    const next = new Map<string, Twin>();
    for (const twin of level) {
      for (const life of livesAfter(twin)) {
        if (++looked > MOST_SHORT) return best;
        const after = live(stage, twin, life);
        if (after.status === "differ" && (!best || isShorter(after, best))) best = after;
        if (after.status === "up") keepShortest(next, after);
      }
    }
    level = [...next.values()];
  }
  return best;
}

/** Of traces that leave the same behind, the shortest is enough. */
function keepShortest(twins: Map<string, Twin>, twin: Twin): void {
  const key = JSON.stringify([twin.states, twin.at]);
  const other = twins.get(key);
  if (!other || isShorter(twin, other)) twins.set(key, twin);
}

function during(
  stage: Stage,
  first: Twin,
  maxLives: number,
  lifeAfter: (twin: Twin, last: Life | undefined) => Life,
): Twin {
  let twin = first;
  for (let n = 0; n < maxLives && twin.status === "up"; n++) {
    twin = live(stage, twin, lifeAfter(twin, twin.lives.at(-1)));
  }
  return twin;
}

function spawned(exit: Exit): boolean {
  return exit.kind !== "spawn-failed";
}

function pick<Value>(from: readonly Value[], random: () => number): Value | undefined {
  return from[Math.floor(random() * from.length)];
}
