// The options that go to `new Worker`, checked before it sees them. Values are not shown in errors:
// somebody's environment has no business in a log.

import { SHARE_ENV, type WorkerOptions } from "node:worker_threads";
import { didYouMean, PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";

/**
 * Options of `new Worker`, handed on untouched, and what is done with the worker's output.
 *
 * `stdin`, `stdout`, `stderr` and `eval` are not among them: they only make sense for somebody who has
 * the worker, as a factory does. `name` is the child's id unless given.
 *
 * @since 0.1.0
 */
export interface WorkerThreadOptions
  extends Pick<
    WorkerOptions,
    | "argv"
    | "env"
    | "execArgv"
    | "name"
    | "resourceLimits"
    | "trackUnmanagedFds"
    | "transferList"
    | "workerData"
  > {
  /**
   * How many of the last lines of stderr the exit carries, 0 to 1 000; of stdout for a worker that failed and
   * wrote nothing to stderr. Default 20; 0 turns it off.
   */
  readonly stderrTail?: number;
  /**
   * How often, in milliseconds, the worker's event loop is asked for a turn, whatever its code does: each turn is a
   * heartbeat, the launch is the first. With `heartbeatTimeoutMs` of `supervise` a worker that hangs is found, also one that hangs
   * before it said anything. Whole, from 1 to 2^31-1. Left out: only the worker's own heartbeats count.
   */
  readonly heartbeatEveryMs?: number;
  /** Changes a line of the tail before anybody sees it. Default: lines stay as they are. */
  readonly redact?: (line: string) => string;
}

/**
 * The options of every attempt, or a function that makes them for each.
 * @since 0.1.0
 */
export type WorkerLaunchOptions = WorkerThreadOptions | ((info: LaunchInfo) => WorkerThreadOptions);

const LIMITS = [
  "maxYoungGenerationSizeMb",
  "maxOldGenerationSizeMb",
  "codeRangeSizeMb",
  "stackSizeMb",
];

const MOST_LINES = 1_000;

/** What only somebody who has the worker can make use of. */
const FACTORYS = ["eval", "stderr", "stdin", "stdout"];

type Check = readonly [allowed: string, holds: (value: unknown) => boolean];

const FLAG: Check = ["a boolean", (value) => typeof value === "boolean"];
const LIST: Check = ["an array", Array.isArray];

const CHECKS: Readonly<Record<keyof WorkerThreadOptions, Check>> = {
  argv: LIST,
  env: ["an object or SHARE_ENV", (value) => value === SHARE_ENV || isObject(value)],
  execArgv: ["an array of strings", (value) => Array.isArray(value) && value.every(isString)],
  heartbeatEveryMs: [
    "a whole number from 1 to 2147483647",
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 31,
  ],
  name: ["a string", isString],
  redact: ["a function", (value) => typeof value === "function"],
  resourceLimits: [
    `an object of finite numbers above 0 (known: ${LIMITS.join(", ")})`,
    (value) => isObject(value) && Object.entries(value).every(isLimit),
  ],
  stderrTail: [
    `a whole number from 0 to ${MOST_LINES}`,
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_LINES,
  ],
  trackUnmanagedFds: FLAG,
  transferList: LIST,
  workerData: ["anything", () => true],
};

/** All their names. */
export const workerOptionNames: readonly string[] = Object.keys(CHECKS);

/**
 * Checks the options that hold for every attempt, once. A `transferList` is not among them: what is transferred to
 * one worker is gone for the next.
 *
 * @throws PolicyOptionsError naming the option.
 */
export function fixedOptions(owner: string, options: WorkerThreadOptions): WorkerThreadOptions {
  const settings = checkedOptions(owner, options);
  if (settings.transferList !== undefined) {
    const allowed = "left out, or come from a function that makes the options for each attempt";
    throw new PolicyOptionsError(owner, "transferList", allowed, "an array");
  }
  return settings;
}

/** A copy of the options, so that a later change has no effect on what was checked. */
export function checkedOptions(owner: string, options: WorkerThreadOptions): WorkerThreadOptions {
  if (!isObject(options) || "then" in options) {
    throw new PolicyOptionsError(
      owner,
      "options",
      "an object, not a promise of one",
      typeof options,
    );
  }
  for (const [key, value] of Object.entries(options)) {
    const check: Check | undefined = Object.hasOwn(CHECKS, key)
      ? CHECKS[key as keyof WorkerThreadOptions]
      : undefined;
    if (!check) {
      throw new PolicyOptionsError(owner, key, whyNot(key), typeof value);
    }
    const [allowed, holds] = check;
    if (value !== undefined && !holds(value)) {
      throw new PolicyOptionsError(owner, key, allowed, typeof value);
    }
  }
  return { ...options };
}

function whyNot(key: string): string {
  if (FACTORYS.includes(key)) {
    return "left out: give a factory instead of an entry, (info) => new Worker(...), which has the worker";
  }
  const known = Object.keys(CHECKS);
  return `left out (${didYouMean(key, known) || `known: ${known.join(", ")}`})`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isLimit([name, value]: readonly [string, unknown]): boolean {
  return (
    LIMITS.includes(name) && (value === undefined || (Number.isFinite(value) && Number(value) > 0))
  );
}
