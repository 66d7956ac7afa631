import { fork } from "node:child_process";
import { readArguments } from "@steadfast/policy";
import { requestLayer } from "@steadfast/supervisor/requests";
import { askable } from "./askable.js";
import { checkPort, handOver } from "./hand-over.js";
import type { ForkLauncherOptions, LaunchArgs } from "./launcher-options.js";
import { checkProgram } from "./per-attempt.js";
import type { ProcessLauncher } from "./process-launcher.js";
import { Standby } from "./standby.js";
import { starter } from "./starter.js";

const NODE_KEYS = ["cwd", "execArgv", "execPath", "gid", "port", "serialization", "uid"] as const;

/**
 * Launches a Node module with an IPC channel, each attempt as the leader of a process group of its
 * own.
 *
 * As `spawnLauncher`, and besides: a message `{ steadfast: "ready" | "not-ready" | "heartbeat" }` from
 * the child is a signal (`ready()` and its siblings in `@steadfast/child-process/child` send them),
 * every other message is a `message` signal, and `send` passes a message to the child. Default
 * `serialization`: `advanced`. `handle.request` asks the child, which answers by `onRequest` of
 * `@steadfast/child-process/child`. A message that
 * cannot be serialised is thrown by `send`; one that the child can no longer hear goes to `onFault`. With `standby` of
 * `supervise`, its children wait at `whenActive()` until they are needed. With `port` they share a port, on which they `listen(server)`.
 *
 * @since 0.1.0
 * @example
 * forkLauncher(new URL("./worker.js", import.meta.url), [], { execArgv: ["--enable-source-maps"] });
 */
export function forkLauncher(
  modulePath: string | URL,
  args: LaunchArgs = [],
  options: ForkLauncherOptions = {},
): ProcessLauncher {
  readArguments("forkLauncher", arguments, 3);
  checkProgram("forkLauncher", "modulePath", modulePath);
  const { launcher, settings, start } = starter(
    "forkLauncher",
    args,
    options,
    NODE_KEYS,
    (made, { port, ...given }) => {
      const { env, stdio } = handOver("forkLauncher", port, given);
      return fork(modulePath, made, {
        ...given,
        env,
        // With `json`, Node throws outside any handler for a malformed line: the host would end.
        serialization: given.serialization ?? "advanced",
        stdio: [...stdio, "ipc"],
      });
    },
  );
  checkPort("forkLauncher", options.port);
  return {
    ...launcher,
    // A child that listens on a shared port says so.
    ...(options.port ? { saysReady: true } : {}),
    launch(info, prepared) {
      const begun = prepared instanceof Standby ? prepared.begin(info) : null;
      return askable(begun ?? launcher.launch(info));
    },
    prepare: (info) => new Standby(start, info, settings),
    requests: requestLayer,
  };
}
