// What the generations of processkit's `Supervisor` have in common.
//
// - A factor that is not finite, or is below 1, becomes 1 when it is used.
// - The n-th restart, counted from 0, waits min(base * factor^n, max); jitter multiplies that by 0.5 to
//   1.5, after the cap.
// - `stopWhen` is asked about every run that had a result, before anything else. A run that was
//   cancelled is final, whatever the restart type and the budget say.

import { type BackoffOptions, proportional } from "@steadfast/backoff";
import {
  type Exit,
  giveUpOn,
  type Json,
  lifetimeCap,
  type OptionsReader,
  type RestartPolicy,
  type RestartType,
  restartOn,
  stopWhen,
} from "@steadfast/policy";
import { flag } from "./flag.js";
import { optionalCount } from "./optional-count.js";

/**
 * What the builder of processkit's `Supervisor` takes; all have its defaults.
 * @since 0.1.0
 */
export interface ProcesskitOptions {
  /**
   * Which runs are followed by another: all of them, those that crashed, none. A failed spawn is
   * retried by the first two. Default `onCrash`.
   */
  readonly restart?: "always" | "onCrash" | "never";
  /** The most restarts ever, a whole number from 0 to 2^53-1; 0 is one run. Default null: no limit. */
  readonly maxRestarts?: number | null;
  /** The delay before the first restart, from 0 to 2^53-1 ms. Default 200. */
  readonly backoffBaseMs?: number;
  /** What each delay is multiplied by: any number; below 1 or not finite it becomes 1. Default 2. */
  readonly backoffFactor?: number;
  /** The longest delay before jitter, from 0 to 2^53-1 ms; below `backoffBaseMs` it wins. Default 30 000. */
  readonly maxBackoffMs?: number;
  /** Whether each delay is multiplied by 0.5 to 1.5. Default true. */
  readonly jitter?: boolean;
  /**
   * Ends it when true of a run; not asked about failed spawns. Must be pure. Default: never.
   * `ordinal` counts the results, from 1.
   */
  readonly stopWhen?: (exit: Exit, ordinal: number) => boolean;
}

const RESTART_TYPES: Readonly<Record<"always" | "onCrash" | "never", RestartType>> = {
  always: "permanent",
  onCrash: "transient",
  never: "temporary",
};

/** A function among the options, or `otherwise`. */
export function predicate<Options, Arguments extends readonly unknown[]>(
  read: OptionsReader<Options>,
  key: keyof Options & string,
): (...args: Arguments) => boolean {
  return read.checked(
    key,
    "a function",
    (value) => typeof value === "function",
    () => false,
  );
}

function restartOf(read: OptionsReader<ProcesskitOptions>): keyof typeof RESTART_TYPES {
  return read.oneOf("restart", ["always", "onCrash", "never"], "onCrash");
}

/** Whether to restart at all: predicate, cancellation, restart type, permanent failures, budget. */
export function wanted(
  read: OptionsReader<ProcesskitOptions>,
  predicates: {
    readonly stop: (exit: Exit, ordinal: number) => boolean;
    readonly giveUp: (exit: Exit) => boolean;
  },
): readonly RestartPolicy[] {
  const restarts = optionalCount(read, "maxRestarts") ?? Number.MAX_SAFE_INTEGER;
  return [
    stopWhen(predicates.stop),
    giveUpOn((exit) => exit.kind === "cancelled"),
    restartOn(RESTART_TYPES[restartOf(read)]),
    giveUpOn(predicates.giveUp),
    lifetimeCap({ restarts }),
  ];
}

/** The delays. `within`: whether jitter stays below the cap. */
export function delays(read: OptionsReader<ProcesskitOptions>, within: boolean) {
  const max = Number.MAX_SAFE_INTEGER;
  const given = read.checked<number>(
    "backoffFactor",
    "a number",
    (value) => typeof value === "number",
    2,
  );
  const jittered = read.raw("jitter") === undefined || flag(read, "jitter");
  const capOrder = within ? "last" : "before-jitter";
  return {
    initialMs: read.finite("backoffBaseMs", { max, default: 200 }),
    factor: Number.isFinite(given) ? Math.max(1, given) : 1,
    capMs: read.finite("maxBackoffMs", { max, default: 30_000 }),
    jitter: jittered ? proportional({ ...BAND, capOrder }) : "none",
    counts: "restarts",
  } as const satisfies BackoffOptions;
}

/** What `describe` says in the place of a function. */
const CUSTOM: Json = { kind: "custom" };

/** The options in force, as JSON can hold them. */
export function inForce<Options extends ProcesskitOptions>(
  read: OptionsReader<Options>,
  { initialMs, factor, capMs, jitter }: ReturnType<typeof delays>,
  predicates: readonly (keyof Options & string)[],
): { readonly [option: string]: Json } {
  const given = predicates.filter((key) => read.raw(key) !== undefined);
  return {
    restart: restartOf(read),
    maxRestarts: optionalCount(read, "maxRestarts"),
    backoffBaseMs: initialMs,
    backoffFactor: factor,
    maxBackoffMs: capMs,
    jitter: jitter !== "none",
    fixed: flag(read, "fixed" as keyof Options & string),
    ...Object.fromEntries(given.map((key) => [key, CUSTOM])),
  };
}

/** What jitter multiplies a delay by. */
export const BAND = { low: 0.5, high: 1.5 } as const;
