import { fork } from "node:child_process";
import type { ForkLauncherOptions, LaunchArgs } from "./launcher-options.js";
import { argsOf, envOf } from "./per-attempt.js";
import type { ProcessLauncher } from "./process-launcher.js";
import { nodeOptions, readProcessOptions, STARTER_KEYS } from "./read-launcher-options.js";
import { start } from "./start.js";
import { stdioPlan } from "./stdio-plan.js";

const NODE_KEYS = ["cwd", "execArgv", "execPath", "gid", "serialization", "uid"] as const;

/**
 * Launches a Node module with an IPC channel, each attempt as the leader of a process group of its
 * own.
 *
 * As `spawnLauncher`, and besides: a message `{ steadfast: "ready" | "not-ready" | "heartbeat" }` from
 * the child is a signal (`ready()` and its siblings in `@steadfast/child-process/child` send them),
 * every other message is a `message` signal, and `send` passes a message to the child. A message that
 * cannot be serialised is thrown by `send`; one that the child can no longer hear goes to `onFault`.
 *
 * @example
 * forkLauncher(new URL("./worker.js", import.meta.url), [], { execArgv: ["--enable-source-maps"] });
 */
export function forkLauncher(
  modulePath: string | URL,
  args: LaunchArgs = [],
  options: ForkLauncherOptions = {},
): ProcessLauncher {
  const owner = "forkLauncher";
  const settings = readProcessOptions(owner, options, [...STARTER_KEYS, ...NODE_KEYS], "group");
  const node = nodeOptions(options, NODE_KEYS);

  return {
    launch: (info) =>
      start(
        () =>
          fork(modulePath, argsOf(owner, args, info), {
            ...node,
            ...envOf(options, info),
            detached: process.platform !== "win32",
            stdio: [...stdioPlan(settings), "ipc"],
          }),
        settings,
        true,
      ),
  };
}
