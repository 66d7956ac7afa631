// Arguments may be a function of the attempt.

import { PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { LaunchArgs } from "./launcher-options.js";
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

/** @throws PolicyOptionsError for a working directory that is no path at all; whether it is there, the launch shows. */
export function checkCwd(owner: string, cwd: unknown): void {
  if (cwd === undefined || typeof cwd === "string") return;
  if (cwd instanceof URL && cwd.protocol === "file:") return;
  throw new PolicyOptionsError(owner, "cwd", "a path or a URL of file:", typeof cwd);
}
