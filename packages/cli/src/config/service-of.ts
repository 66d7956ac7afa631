// A child of a configuration as a service: short forms are written out, paths begin at the folder of the file.

import { constants } from "node:os";
import { resolve } from "node:path";
import { type Service, type ServiceProbe, shellWords } from "@steadfast/bridges";
import { durationFrom, type PolicySpec } from "@steadfast/spec";
import type { CliError } from "../cli-error.js";
import { readyOf } from "../ready-option.js";
import type { Path } from "../source-file.js";
import type { ChildConfig, ProbeConfig, StopConfig } from "./stack.js";

/** What a child is given by its stack. */
export interface Around {
  /** The folder of the file. */
  readonly folder: string;
  /** For a child without a policy. */
  readonly policy: PolicySpec;
  /** An error about a part of this child. */
  error(path: Path, message: string): CliError;
}

export function serviceOf(id: string, child: ChildConfig, around: Around): Service {
  const { cwd, env, envFiles, replicas, reloadSignal, maxRunMs, after, channel } = child;
  const folder = resolve(around.folder, cwd ?? ".");
  return {
    id,
    ...commandOf(child.command, child.shell, ["command"], around),
    cwd: folder,
    ...(env && { env: textsOf(env) }),
    ...(envFiles && { envFiles: [envFiles].flat().map((file) => resolve(folder, file)) }),
    ...(channel !== undefined && { channel }),
    policy: child.policy ?? around.policy,
    ...(child.stop && { stop: stopOf(child.stop, around) }),
    ...(reloadSignal !== undefined && {
      reloadSignal: signalOf(reloadSignal, ["reloadSignal"], around),
    }),
    ...lookedAt(child, around),
    ...(maxRunMs !== undefined && { maxRunMs: millis(maxRunMs) }),
    ...(after && {
      after: after.map((one) =>
        typeof one === "string" ? { id: one, until: "ready" } : { until: "ready", ...one },
      ),
    }),
    ...(replicas !== undefined && { replicas }),
  };
}

const millis = (duration: number | string) =>
  typeof duration === "number" ? duration : durationFrom(duration);

const textsOf = (env: NonNullable<ChildConfig["env"]>) =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));

function commandOf(
  command: string | readonly string[],
  shell: string | boolean | undefined,
  path: Path,
  { error }: Around,
): Pick<Service, "command" | "args" | "shell"> {
  if (shell) {
    if (typeof command === "string") return { command, shell };
    throw error(path, "with shell, command is a script: one text, not a list");
  }
  const words = typeof command === "string" ? shellWords(command) : command;
  if (words === null) throw error(path, "a quote is not closed");
  const [program = "", ...args] = words;
  if (program === "") throw error(path, "there is no program in it");
  return { command: program, args };
}

function signalOf(name: string, path: Path, { error }: Around): string {
  if (Object.hasOwn(constants.signals, name)) return name;
  throw error(path, `${name} is no signal of this system`);
}

function stopOf(stop: StopConfig, around: Around): NonNullable<Service["stop"]> {
  const { signal, gracePeriodMs, ...rest } = stop;
  return {
    ...rest,
    ...(signal !== undefined && { signal: signalOf(signal, ["stop", "signal"], around) }),
    ...(gracePeriodMs !== undefined && {
      gracePeriodMs: gracePeriodMs === null ? null : millis(gracePeriodMs),
    }),
  };
}

function lookedAt(child: ChildConfig, around: Around): Pick<Service, "readiness" | "probe"> {
  const { ready, readyTimeoutMs, probe } = child;
  if (ready === "message" && child.channel !== true) {
    throw around.error(["ready"], "a message comes over a channel: set channel to true");
  }
  const made = ready === undefined ? undefined : looked("ready", ready, around);
  if (made?.probe && probe) {
    throw around.error(["probe"], "ready looks at it already: one of the two");
  }
  if (!made && readyTimeoutMs !== undefined && probe === undefined) {
    throw around.error(["readyTimeoutMs"], "without ready or a probe it is ready at once");
  }
  const within = readyTimeoutMs === undefined ? {} : { timeoutMs: millis(readyTimeoutMs) };
  const own = probe && probeOf(probe, around);
  const waits = own && own.for !== "liveness" && readyTimeoutMs !== undefined;
  const readiness =
    made?.readiness ??
    (waits || own?.for === "readiness" || own?.for === "both"
      ? { via: "probe" as const }
      : undefined);
  return {
    ...(readiness && { readiness: { ...readiness, ...within } }),
    ...(made?.probe && { probe: made.probe }),
    ...(own && { probe: own }),
  };
}

function looked(name: string, text: string, around: Around, path: Path = [name]) {
  try {
    return readyOf(text, name);
  } catch (thrown) {
    throw around.error(path, (thrown as Error).message);
  }
}

function probeOf(
  { check, periodMs, timeoutMs, ...rest }: ProbeConfig,
  around: Around,
): ServiceProbe {
  return {
    ...rest,
    check: checkOf(check, around),
    ...(periodMs !== undefined && { periodMs: millis(periodMs) }),
    ...(timeoutMs !== undefined && { timeoutMs: millis(timeoutMs) }),
  };
}

function checkOf(check: ProbeConfig["check"], around: Around): ServiceProbe["check"] {
  const path = ["probe", "check"];
  if (typeof check !== "string") {
    const { command, args = [] } = commandOf(check.command, false, [...path, "command"], around);
    return { command, args };
  }
  const { probe } = looked("probe.check", check, around, path);
  if (probe) return probe.check;
  throw around.error(path, "a line says when it is ready, not how it is");
}
