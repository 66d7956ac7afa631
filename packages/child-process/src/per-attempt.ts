// Arguments and environment may be functions of the attempt.

import { PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { EnvOption, LaunchArgs } from "./launcher-options.js";
import { promiseIn } from "./promise-in.js";

/**
 * The arguments of an attempt. Node would take an object in their place for its options, so only an
 * array will do.
 * @throws PolicyOptionsError, without showing the value.
 */
export function argsOf(owner: string, args: LaunchArgs, info: LaunchInfo): readonly string[] {
  const made = typeof args === "function" ? args(info) : args;
  if (Array.isArray(made)) return made;
  void promiseIn(made);
  const allowed = "an array, or a function that returns one";
  throw new PolicyOptionsError(owner, "args", allowed, typeof made);
}

/**
 * The environment of an attempt, for Node's options; undefined stands for the host's environment. Node
 * would take a promise or a Map for an environment without a single variable.
 * @throws PolicyOptionsError, without showing the value.
 */
export function envOf(
  owner: string,
  { env }: EnvOption,
  info: LaunchInfo,
): NodeJS.ProcessEnv | undefined {
  return typeof env === "function" ? checkedEnv(owner, env(info)) : checkedEnv(owner, env);
}

/** An environment that is one. */
export function checkedEnv(
  owner: string,
  env: NodeJS.ProcessEnv | undefined,
): NodeJS.ProcessEnv | undefined {
  const isRecord = typeof env === "object" && env !== null && !(Symbol.iterator in env);
  if (env === undefined || (isRecord && !promiseIn(env))) return env;
  void promiseIn(env);
  const allowed = "an object of variables, or a function that returns one at once";
  throw new PolicyOptionsError(owner, "env", allowed, typeof env);
}

/** @throws PolicyOptionsError for a working directory that is no path at all; whether it is there, the launch shows. */
export function checkCwd(owner: string, cwd: unknown): void {
  if (cwd === undefined || typeof cwd === "string") return;
  if (cwd instanceof URL && cwd.protocol === "file:") return;
  throw new PolicyOptionsError(owner, "cwd", "a path or a URL of file:", typeof cwd);
}
