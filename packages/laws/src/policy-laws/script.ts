// A script: what happens to a policy, and when, as plain JSON. It is decoded from a few small numbers, so
// that it is cheap to make, and shrinks by leaving parts out and by making gaps shorter.

import {
  type Exit,
  isFailure,
  type LaunchEvent,
  type Millis,
  type RestartEvent,
} from "@steadfast/policy";
import fc, { type Arbitrary } from "fast-check";
import { LONGEST_BURST } from "./durations.js";

/**
 * An event of a script. A request has no `wall`: it goes along with the time of the script.
 * @since 0.1.0
 */
export type ScriptEvent = Exclude<RestartEvent, LaunchEvent> | Omit<LaunchEvent, "wall">;

/**
 * One event of a script.
 * @since 0.1.0
 */
export interface ScriptLine {
  /** How long after the event before, in whole milliseconds from 0 to 2^45. */
  readonly gapMs: Millis;
  /** What happens then. */
  readonly event: ScriptEvent;
}

/**
 * What happens to a policy, and when: plain JSON.
 * @since 0.1.0
 */
export type RestartScript = readonly ScriptLine[];

/** With what scripts scale. */
export interface Scale {
  readonly times: readonly Millis[];
  readonly counts: readonly number[];
}

export const EXITS: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "completed", code: 0 },
  { kind: "signalled", signal: "SIGSEGV" },
  { kind: "spawn-failed", error: { name: "Error", message: "spawn x ENOENT", code: "ENOENT" } },
  { kind: "cancelled" },
  { kind: "lost" },
  { kind: "timed-out", afterMs: 10 },
  { kind: "out-of-memory" },
  { kind: "unhealthy", reason: "heartbeat-stale" },
  { kind: "abandoned" },
];
/** Ten such gaps, and instants are still exact. */
const FARTHEST = 2 ** 48;
const CRASH = EXITS[0] as Exit;
const WELL = EXITS[1] as Exit;

/** Bursts longer than this are cut short every other time, or scripts would be made of little else. */
const LONG = 30;

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
  fc.nat(15),
  fc.nat(255),
  fc.nat(63),
);

/** Scripts for a policy of that scale. With `start` the first event is a supervisor's first request. */
export function scripts(
  scale: Scale,
  { start = true, maxParts = 10 } = {},
): Arbitrary<RestartScript> {
  return fc
    .array(code, { minLength: 1, maxLength: maxParts, size: "max" })
    .map((codes) => [...(start ? [ask(0, 0, "start")] : []), ...codes.flatMap(linesOf(scale))]);
}

/** Scripts to be told after something else: often what shows at once what is remembered. */
export function sequels(scale: Scale): Arbitrary<RestartScript> {
  const once = fc.constantFrom<RestartScript>(
    [],
    [ask(0, 0.5)],
    life(exited(0, 0), 0.5),
    ...scale.counts.map((count) => Array.from({ length: count + 1 }, () => ask(0, 0))),
    ...scale.counts.map((count) =>
      Array.from({ length: count + 1 }, () => life(exited(0, 0), 0)).flat(),
    ),
  );
  const more = scripts(scale, { start: false, maxParts: 5 });
  return fc.tuple(once, more).map(([first, rest]) => [...first, ...rest]);
}

/** A draw: the lowest, the middle, the highest, or one whose sums are exact. */
export function drawOf(index: number): number {
  return [0, 0.5, 1 - 2 ** -53][index] ?? index / 64;
}

export const ask = (
  gapMs: Millis,
  draw: number,
  cause: LaunchEvent["cause"] = "restart",
): ScriptLine => ({ gapMs, event: { type: "launch", cause, draw } });

const told = (gapMs: Millis, type: "healthy" | "reset"): ScriptLine => ({ gapMs, event: { type } });

const exited = (
  gapMs: Millis,
  uptimeMs: Millis,
  exit = CRASH,
  failed = isFailure(exit),
): ScriptLine => ({
  gapMs,
  event: { type: "exited", exit, failed, uptimeMs: exit.kind === "spawn-failed" ? 0 : uptimeMs },
});

/** An attempt that ends, and at once the request for the next one. */
const life = (end: ScriptLine, draw: number): ScriptLine[] => [end, ask(0, draw)];

function linesOf({ times, counts }: Scale): (code: Code) => ScriptLine[] {
  return ([kind, gap, share, drawn]) => {
    const gapMs = gapOf(gap, share, times, counts);
    const uptimeMs = [gapMs, gapMs, 0, Math.floor(gapMs / 2)][share % 4] as Millis;
    const draw = drawOf(drawn);
    const picked = pick(counts, share) + (share % 3);
    const count = picked > LONG && drawn % 2 > 0 ? 2 : Math.min(LONGEST_BURST + 1, picked);
    const small = Math.min(gapMs, Math.floor((pick(times, gap) * (share % 8)) / (8 * count)));
    switch (KINDS[kind]) {
      case "crash":
        return life(exited(gapMs, uptimeMs), draw);
      case "ended":
        return life(exited(gapMs, uptimeMs, WELL), draw);
      case "any exit": {
        const exit = pick(EXITS, share);
        return life(exited(gapMs, uptimeMs, exit, isFailure(exit) !== (drawn % 4 === 3)), draw);
      }
      case "healthy life": {
        const before = Math.floor((gapMs * share) / 256);
        return [told(before, "healthy"), ...life(exited(gapMs - before, gapMs), draw)];
      }
      case "crashes": {
        // Some policies count what ends in one way only: one time in three it is any way, again and again.
        const exit = drawn % 3 === 2 ? pick(EXITS, share) : CRASH;
        return Array.from({ length: count }, () => life(exited(small, small, exit), draw)).flat();
      }
      case "burst":
        return Array.from({ length: share % 5 === 4 ? 2 * count + 1 : count }, () =>
          ask(small, draw),
        );
      case "exit alone":
        return [exited(gapMs, uptimeMs, pick(EXITS, share))];
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

/** 0, 1, a share of a duration, exactly a duration, one around it, two of them, long silence. */
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
  return index < 15 ? time + pick(times, share >> 4) : Math.min(longest * 10 + 7, FARTHEST);
}

export function pick<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value;
}
