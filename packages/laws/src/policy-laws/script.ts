// A script: what happens to a policy, and when, as plain JSON.

import {
  type Exit,
  isFailure,
  type LaunchEvent,
  type Millis,
  type RestartEvent,
} from "@steadfast/policy";
import { CRASH } from "./exits.js";

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
  /**
   * How long after the event before, in whole milliseconds from 0 to 2^48. Of the first line it is the
   * instant at which the script begins, which may be negative.
   */
  readonly gapMs: Millis;
  /** What happens then. */
  readonly event: ScriptEvent;
}

/**
 * Some lines that happen again and again.
 * @since 0.1.0
 */
export interface RepeatedLines {
  /** How often, from 1. */
  readonly times: number;
  /** What happens each time. */
  readonly lines: readonly ScriptLine[];
}

/**
 * What happens to a policy, and when: plain JSON.
 * @since 0.1.0
 */
export type RestartScript = readonly (ScriptLine | RepeatedLines)[];

/** With what scripts scale. */
export interface Scale {
  readonly times: readonly Millis[];
  readonly counts: readonly number[];
}

/** Every line by itself. */
export function linesIn(script: RestartScript): readonly ScriptLine[] {
  return script.flatMap((item) => ("lines" in item ? repeated(item) : item));
}

export function repeated({ times, lines }: RepeatedLines): readonly ScriptLine[] {
  return Array.from({ length: times }, () => lines).flat();
}

/** Runs longer than this are shown as repeated lines. */
const LONG = 12;

/** The same lines so many times, as short as can be. */
export function again(times: number, lines: readonly ScriptLine[]): RestartScript {
  return times > LONG ? [{ times, lines }] : repeated({ times, lines });
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

export const told = (gapMs: Millis, type: "healthy" | "reset"): ScriptLine => ({
  gapMs,
  event: { type },
});

export const exited = (
  gapMs: Millis,
  uptimeMs: Millis,
  exit: Exit = CRASH,
  failed = isFailure(exit),
): ScriptLine => ({
  gapMs,
  event: { type: "exited", exit, failed, uptimeMs: exit.kind === "spawn-failed" ? 0 : uptimeMs },
});

/** An attempt that ends, and at once the request for the next one. */
export const life = (end: ScriptLine, draw: number): ScriptLine[] => [end, ask(0, draw)];

export function pick<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value;
}
