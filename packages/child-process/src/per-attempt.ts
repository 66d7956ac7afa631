// Arguments and environment may be functions of the attempt.

import { PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { EnvOption, LaunchArgs } from "./launcher-options.js";

/**
 * The arguments of an attempt. Node would take an object in their place for its options, so only an
 * array will do.
 * @throws PolicyOptionsError, without showing the value.
 */
export function argsOf(owner: string, args: LaunchArgs, info: LaunchInfo): readonly string[] {
  const made = typeof args === "function" ? args(info) : args;
  if (Array.isArray(made)) return made;
  const allowed = "an array, or a function that returns one";
  throw new PolicyOptionsError(owner, "args", allowed, typeof made);
}

/** The environment of an attempt, for Node's options; undefined stands for the host's environment. */
export function envOf({ env }: EnvOption, info: LaunchInfo): NodeJS.ProcessEnv | undefined {
  return typeof env === "function" ? env(info) : env;
}
