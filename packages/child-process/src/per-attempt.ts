// What is started, and where: arguments may be a function of the attempt.

import { PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { LaunchArgs } from "./launcher-options.js";
import { promiseIn } from "./promise-in.js";

/**
 * The arguments of an attempt.
 * @throws PolicyOptionsError, without showing a value.
 */
export function argsOf(owner: string, args: LaunchArgs, info: LaunchInfo): readonly string[] {
  const made = typeof args === "function" ? args(info) : args;
  checkArgs(owner, made);
  return made;
}

/** @throws PolicyOptionsError: Node would take an object in place of a list for its options. */
export function checkArgs(owner: string, args: unknown): asserts args is readonly string[] {
  if (Array.isArray(args)) {
    const odd = args.findIndex((arg) => typeof arg !== "string");
    if (odd < 0) return;
    throw new PolicyOptionsError(owner, `args[${odd}]`, "a string", typeof args[odd]);
  }
  void promiseIn(args);
  const allowed = "an array of strings, or a function that returns one";
  const hint = typeof args === "object" && args !== null ? "options come third" : "";
  throw new PolicyOptionsError(owner, "args", allowed, typeof args, hint);
}

/** @throws PolicyOptionsError for what names no program or module. */
export function checkProgram(owner: string, option: string, program: unknown): void {
  if (typeof program === "string" && program !== "") return;
  const isModule = option === "modulePath";
  if (isModule && isFileUrl(program)) return;
  const allowed = isModule ? "a path or a URL of file:" : "the name or the path of a program";
  const got = typeof program === "string" ? program : typeof program;
  throw new PolicyOptionsError(owner, option, allowed, got);
}

const isFileUrl = (value: unknown) => value instanceof URL && value.protocol === "file:";

/** @throws PolicyOptionsError for a working directory that is no path at all; whether it is there, the launch shows. */
export function checkCwd(owner: string, cwd: unknown): void {
  if (cwd === undefined || typeof cwd === "string") return;
  if (isFileUrl(cwd)) return;
  throw new PolicyOptionsError(owner, "cwd", "a path or a URL of file:", typeof cwd);
}
