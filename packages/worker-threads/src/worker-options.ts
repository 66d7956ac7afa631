// The options that go to `new Worker`, checked before it sees them. Values are not shown in errors:
// somebody's environment has no business in a log.

import { SHARE_ENV, type WorkerOptions } from "node:worker_threads";
import { PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";

/**
 * Options of `new Worker`, handed on untouched.
 *
 * `stdin`, `stdout`, `stderr` and `eval` are not among them: they only make sense for somebody who has
 * the worker, as a factory does.
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
  > {}

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

type Check = readonly [allowed: string, holds: (value: unknown) => boolean];

const FLAG: Check = ["a boolean", (value) => typeof value === "boolean"];
const LIST: Check = ["an array", Array.isArray];

const CHECKS: Readonly<Record<keyof WorkerThreadOptions, Check>> = {
  argv: LIST,
  env: ["an object or SHARE_ENV", (value) => value === SHARE_ENV || isObject(value)],
  execArgv: ["an array of strings", (value) => Array.isArray(value) && value.every(isString)],
  name: ["a string", isString],
  resourceLimits: [
    `an object of finite numbers above 0 (known: ${LIMITS.join(", ")})`,
    (value) => isObject(value) && Object.entries(value).every(isLimit),
  ],
  trackUnmanagedFds: FLAG,
  transferList: LIST,
  workerData: ["anything", () => true],
};

/**
 * Checks the options once, and makes the function that has them for each attempt.
 *
 * A function of the user's is checked at each attempt, since only then there is something to check. A
 * `transferList` may only come from such a function: what is transferred to one worker is gone for the
 * next.
 *
 * @throws PolicyOptionsError naming the option.
 */
export function workerOptions(
  owner: string,
  options: WorkerLaunchOptions,
): (info: LaunchInfo) => WorkerThreadOptions {
  if (typeof options === "function") return (info) => checked(owner, options(info));
  const settings = checked(owner, options);
  if (settings.transferList !== undefined) {
    const allowed = "left out, or come from a function that makes the options for each attempt";
    throw new PolicyOptionsError(owner, "transferList", allowed, "an array");
  }
  return () => settings;
}

/** A copy of the options, so that a later change has no effect on what was checked. */
function checked(owner: string, options: WorkerThreadOptions): WorkerThreadOptions {
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
      const allowed = `left out (known: ${Object.keys(CHECKS).join(", ")})`;
      throw new PolicyOptionsError(owner, key, allowed, typeof value);
    }
    const [allowed, holds] = check;
    if (value !== undefined && !holds(value)) {
      throw new PolicyOptionsError(owner, key, allowed, typeof value);
    }
  }
  return { ...options };
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
