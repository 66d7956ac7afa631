import { spawn } from "node:child_process";
import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import { commandFindings } from "./command-line.js";
import type { LaunchArgs, SpawnLauncherOptions } from "./launcher-options.js";
import { checkProgram } from "./per-attempt.js";
import type { ProcessLauncher } from "./process-launcher.js";
import { starter } from "./starter.js";

const NODE_KEYS = [
  "argv0",
  "cwd",
  "gid",
  "shell",
  "uid",
  "windowsHide",
  "windowsVerbatimArguments",
] as const;

/**
 * Launches a command, each attempt as the leader of a process group of its own.
 *
 * Decides nothing about when: the supervisor does. `exited` settles when the process has ended, what
 * was left of its group was killed, and its output was read; it carries the last lines of stderr.
 * Units: `stderrTail` in lines, 0 to 1 000, default 20. Edges: a number of lines of 0 turns the tail
 * off, and stderr is then the host's own unless `readyWhen` is given; a command that a shell does not
 * find is an exit with code 127, not a failed spawn. Stdin is empty. Without a shell a command is not split:
 * one that looks like a command line is a warning, the event `finding`. With `shell` the command is a script, and
 * takes no `args`. Ten refusals in a row are one warning of Node's, `STEADFAST_NOT_STARTED`.
 * Effect on state: none but the process. Errors: `PolicyOptionsError` at once for a bad option; Node's
 * `ERR_INVALID_ARG_*` from `launch`; what the system refuses is an exit of kind `spawn-failed`.
 *
 * @since 0.1.0
 * @example
 * spawnLauncher("node", ["server.js"], { readyWhen: (line) => line.startsWith("listening") });
 */
export function spawnLauncher(
  command: string,
  args: LaunchArgs = [],
  options: SpawnLauncherOptions = {},
): ProcessLauncher {
  readArguments("spawnLauncher", arguments, 3);
  checkProgram("spawnLauncher", "command", command);
  const { launcher } = starter("spawnLauncher", args, options, NODE_KEYS, (made, given) =>
    spawn(command, made, given),
  );
  if (options.shell && !(Array.isArray(args) && args.length === 0)) {
    const allowed = "left out where there is a shell, which would read it as part of its script";
    const hint = "write it into the command, quoted";
    throw new PolicyOptionsError("spawnLauncher", "args", allowed, typeof args, hint);
  }
  noChannel(options);
  const findings = options.shell ? [] : commandFindings("spawnLauncher", command);
  return {
    saysReady: false,
    saysAlive: false,
    ...launcher,
    ...(findings.length > 0 ? { findings } : {}),
  };
}

/** Nothing that needs a channel. */
function noChannel(options: {
  readonly messageSignal?: unknown;
  readonly heartbeat?: unknown;
}): void {
  const allowed = "left out: there is no channel to a spawned child";
  if (options.messageSignal !== undefined) {
    throw new PolicyOptionsError("spawnLauncher", "messageSignal", allowed, "a function");
  }
  if (options.heartbeat !== "message") return;
  const output = "output, or left out: there is no channel to a spawned child";
  throw new PolicyOptionsError("spawnLauncher", "heartbeat", output, "message");
}
