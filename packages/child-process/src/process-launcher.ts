import type { ChildProcess } from "node:child_process";
import { PolicyOptionsError } from "@steadfast/policy";
import type { Launcher, LaunchInfo } from "@steadfast/supervisor";
import type { ProcessOptions } from "./launcher-options.js";
import type { LiveProcess } from "./live-process.js";
import { PROCESS_KEYS, readProcessOptions } from "./read-launcher-options.js";
import { start } from "./start.js";

/** A `Launcher` whose children are processes. */
export interface ProcessLauncher extends Launcher<undefined> {
  launch(info: LaunchInfo): LiveProcess;
}

/**
 * Launches whatever a function of yours makes: for the cases that `spawnLauncher` and `forkLauncher`
 * do not cover.
 *
 * Decides: as `spawnLauncher`, with two differences. `killScope` is `process` unless you say
 * otherwise, and a `group` is believed only if the child is seen to lead it (it was spawned with
 * `detached: true`); if not, `onFault` is told and only the process is signalled. The child's streams
 * are yours: stderr is read along where there is one (for the tail), nothing is passed on or closed.
 * Errors: `PolicyOptionsError` at once for a bad option, and from `launch` when the function does not
 * return a child; what the function throws is thrown, unless it is a system error, which becomes an
 * exit of kind `spawn-failed`.
 *
 * @example
 * processLauncher(({ attempt }) => spawn("server", [], { stdio: "inherit", env: envFor(attempt) }));
 */
export function processLauncher(
  factory: (info: LaunchInfo) => ChildProcess,
  options: ProcessOptions = {},
): ProcessLauncher {
  if (typeof factory !== "function") {
    throw new PolicyOptionsError("processLauncher", "factory", "a function", factory);
  }
  const settings = readProcessOptions("processLauncher", options, PROCESS_KEYS, "process");

  function make(info: LaunchInfo): ChildProcess {
    const child: ChildProcess | undefined = factory(info);
    if (typeof child?.on === "function") return child;
    throw new PolicyOptionsError(
      "processLauncher",
      "factory",
      "a function that returns a ChildProcess",
      child,
    );
  }

  return { launch: (info) => start(() => make(info), settings, false) };
}
