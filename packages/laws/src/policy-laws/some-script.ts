// Scripts for a policy of some scale. Each is decoded from a few small numbers, so that it is cheap to
// make, and shrinks by leaving parts out and by making gaps shorter.

import { isFailure, type Millis } from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";
import { LONGEST_BURST } from "./durations.js";
import { CRASH, EXITS, exitAt, WELL } from "./exits.js";
import {
  again,
  ask,
  drawOf,
  exited,
  life,
  pick,
  type RestartScript,
  type Scale,
  told,
} from "./script.js";

/** Ten such gaps, and instants are still exact. */
const FARTHEST = 2 ** 48;
const DAY = 86_400_000;
/** Where a counter of days or of 32 bits ends. */
const SILENCES: readonly Millis[] = [30 * DAY, 365 * DAY, 2 ** 31 - 1, 2 ** 31, 2 ** 32 + 1];
/** Where a script begins: a process that has just begun counts from 0, one that was saved from anywhere. */
const BEGINNINGS: readonly Millis[] = [
  ...Array.from({ length: 10 }, () => 0),
  -1,
  -DAY,
  -(2 ** 40), // the calendar is still after 1970 then
  2 ** 31 - 1,
  2 ** 31 + 5,
  1_700_000_000_000,
];

/** Bursts longer than these are cut short every other time, or mostly, or scripts would consist of bursts. */
const LONG = 30;
const VERY_LONG = 100;

/** One part of a script: what it is, its gap, a share of something, a draw. */
type Code = readonly [kind: number, gap: number, share: number, draw: number];

/** The simplest comes first: failures shrink towards it. */
const KINDS = [
  "ask",
  "crash",
  "crash",
  "ended",
  "crashes",
  "burst",
  "any exit",
  "healthy life",
  "crash",
  "crashes",
  "any exit",
  "exit alone",
  "healthy",
  "operator",
  "reset",
] as const;

const code: Arbitrary<Code> = fc.tuple(
  fc.nat(KINDS.length - 1),
  fc.nat(16),
  fc.nat(255),
  fc.nat(63),
);

/** Scripts for a policy of that scale. With `start` the first event is a supervisor's first request. */
export function scripts(
  scale: Scale,
  { start = true, maxParts = 10 } = {},
): Arbitrary<RestartScript> {
  const parts = fc
    .array(code, { minLength: 1, maxLength: maxParts, size: "max" })
    .map((codes) => codes.flatMap(linesOf(scale)));
  if (!start) return parts;
  return fc
    .tuple(parts, fc.constantFrom(...BEGINNINGS))
    .map(([lines, at]) => [ask(at, 0, "start"), ...lines]);
}

/** Scripts to play after something else: often what shows at once what is remembered. */
export function sequels(scale: Scale): Arbitrary<RestartScript> {
  const once = fc.constantFrom<RestartScript>(
    [],
    [ask(0, 0.5)],
    life(exited(0, 0), 0.5),
    ...scale.counts.map((count) => again(count + 1, [ask(0, 0)])),
    ...scale.counts.map((count) => again(count + 1, life(exited(0, 0), 0))),
  );
  const more = scripts(scale, { start: false, maxParts: 5 });
  return fc.tuple(once, more).map(([first, rest]) => [...first, ...rest]);
}

function linesOf({ times, counts }: Scale): (code: Code) => RestartScript {
  return ([kind, gap, share, drawn]) => {
    const gapMs = gapOf(gap, share, times, counts);
    const uptimeMs = [gapMs, gapMs, 0, Math.floor(gapMs / 2)][share % 4] as Millis;
    const draw = drawOf(drawn);
    const count = countOf(pick(counts, share) + (share % 3), drawn);
    const small = Math.min(gapMs, Math.floor((pick(times, gap) * (share % 8)) / (8 * count)));
    switch (KINDS[kind]) {
      case "crash":
        return life(exited(gapMs, uptimeMs), draw);
      case "ended":
        return life(exited(gapMs, uptimeMs, WELL), draw);
      case "any exit": {
        const exit = exitAt(share);
        return life(exited(gapMs, uptimeMs, exit, isFailure(exit) !== (drawn % 4 === 3)), draw);
      }
      case "healthy life": {
        const before = Math.floor((gapMs * share) / 256);
        return [told(before, "healthy"), ...life(exited(gapMs - before, gapMs), draw)];
      }
      case "crashes": {
        // Some policies count what ends in one way only: one time in three it is any way, again and again.
        const exit = drawn % 3 === 2 ? exitAt(share) : CRASH;
        return again(count, life(exited(small, small, exit), draw));
      }
      case "burst":
        return again(share % 5 === 4 ? 2 * count + 1 : count, [ask(small, draw)]);
      case "exit alone":
        return [exited(gapMs, uptimeMs, exitAt(share))];
      case "healthy":
        return [told(gapMs, "healthy")];
      case "reset":
        return [told(gapMs, "reset")];
      case "operator":
        return [ask(gapMs, draw, "operator")];
      default:
        return [ask(gapMs, draw)];
    }
  };
}

function countOf(picked: number, drawn: number): number {
  if (picked > VERY_LONG && drawn % 8 > 0) return 2;
  if (picked > LONG && drawn % 2 > 0) return 2;
  return Math.min(LONGEST_BURST + 1, picked);
}

/** 0, 1, a share of a duration, exactly a duration, one around it, two of them, a long and a very long silence. */
function gapOf(
  index: number,
  share: number,
  times: readonly Millis[],
  counts: readonly number[],
): Millis {
  const time = pick(times, share);
  const longest = times.at(-1) as Millis;
  if (index < 4) return 0;
  if (index < 6) return index - 3;
  if (index < 9) return Math.floor((time * share) / 256);
  if (index < 11) return Math.floor(time / pick(counts, share));
  if (index < 12) return time - 1;
  if (index < 13) return time + 1;
  if (index < 14) return time;
  if (index < 15) return time + pick(times, share >> 4);
  return index < 16 ? Math.min(longest * 10 + 7, FARTHEST) : pick(SILENCES, share);
}

/** The longest stories: they are tried with any seed. */
const MANY = 1_100;
const SOME = 50;

/** Long stories of a policy of that scale: many lives of each kind, and a year's silence. */
export function longScripts({ times }: Scale): readonly RestartScript[] {
  const start = ask(0, 0, "start");
  const shortest = times[0] as Millis;
  const longest = Math.min(times.at(-1) as Millis, 2 ** 36);
  const mixed = [...EXITS, ...EXITS].flatMap((exit, i) =>
    life(exited(i % 4 === 0 ? shortest : 0, 0, exit), drawOf(i)),
  );
  return [
    [start, { times: MANY, lines: life(exited(0, 0), 0.5) }, ask(0, 0.5)],
    [start, { times: MANY, lines: life(exited(longest + 1, longest + 1, WELL), 0) }, ask(1, 0)],
    [start, { times: SOME, lines: [told(1, "healthy"), ...life(exited(0, 1), 0)] }, ask(1, 0)],
    [start, ...mixed, ask(365 * DAY, 0), ...life(exited(0, 0), 0)],
  ];
}
