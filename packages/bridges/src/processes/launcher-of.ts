// A service's attempts as processes.

import { spawn } from "node:child_process";
import {
  type OutputTarget,
  type ProcessLauncher,
  type ProcessOptions,
  processLauncher,
  type StopRequest,
  spawnLauncher,
} from "@steadfast/child-process";
import type { Service } from "../service.js";

export function launcherOf(service: Service, output: OutputOf): ProcessLauncher {
  const { command, args = [], shell, cwd, env, envFiles, readiness } = service;
  const text = readiness?.via === "line" ? readiness.text : undefined;
  const options = {
    ...stopOf(service),
    ...(text !== undefined && { readyWhen: (line: string) => line.includes(text) }),
  };
  if (!service.channel) {
    return spawnLauncher(command, [...args], {
      ...options,
      ...output,
      ...(shell !== undefined && { shell }),
      ...(cwd !== undefined && { cwd }),
      ...(env !== undefined && { env }),
      ...(envFiles !== undefined && { envFile: envFiles }),
    });
  }
  const { stdout, stderr } = output;
  const start = () =>
    spawn(command, [...args], {
      stdio: ["ignore", streamOf(stdout), streamOf(stderr), "ipc"],
      detached: true,
      env: { ...process.env, ...env },
      ...(shell !== undefined && { shell }),
      ...(cwd !== undefined && { cwd }),
    });
  return processLauncher(start, {
    killScope: "group",
    ...(typeof stdout === "object" && { stdout }),
    ...(typeof stderr === "object" ? { stderr } : { stderrTail: 0 }),
    ...options,
  });
}

/** A stream that somebody reads line by line comes through a pipe. */
function streamOf(target: OutputTarget): "pipe" | "inherit" | "ignore" {
  return typeof target === "object" ? "pipe" : target;
}

/** Where the output of services goes. */
export interface OutputOf {
  readonly stdout: OutputTarget;
  readonly stderr: OutputTarget;
}

function stopOf({
  stop = {},
  reloadSignal,
}: Service): Pick<ProcessOptions, "stop" | "stopSignal" | "killScope" | "reloadSignal"> {
  const signal = (stop.signal ?? "SIGTERM") as NodeJS.Signals;
  const byMessage: readonly StopRequest[] = [{ via: "message", message: "shutdown" }];
  return {
    ...(stop.message ? { stop: byMessage } : { stopSignal: signal }),
    ...(stop.killScope !== undefined && { killScope: stop.killScope }),
    ...(reloadSignal !== undefined && { reloadSignal: reloadSignal as NodeJS.Signals }),
  };
}
