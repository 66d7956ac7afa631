// Checks the options of a launcher once, when it is made. Nothing is clamped.
//
// Options that Node itself reads (`cwd`, `uid`, ...) are handed on untouched; Node checks them at
// every launch and throws what it finds wrong. Values of unknown options are not shown: somebody's
// misspelt `env` has no business in a log.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import { type InputOptions, type InputSettings, readInput } from "./input-options.js";
import type { MessageSignal } from "./ipc-signal.js";
import type { ProcessOptions } from "./launcher-options.js";
import { insteadOf } from "./node-options.js";
import type { FactoryOutputOptions, OutputName, OutputOptions } from "./output-options.js";
import { promiseIn } from "./promise-in.js";
import { type OutputRoute, readRoute } from "./read-output.js";
import { KILL_SCOPES, type KillScope } from "./stop-plan.js";
import { readStopRequests, type StopRequest } from "./stop-request.js";
import { STOP_SIGNALS } from "./stop-signals.js";

/** The options in force, defaults filled in. */
export interface ProcessSettings {
  readonly stopSignal: NodeJS.Signals;
  readonly killScope: KillScope;
  /** Null: as is usual on the platform. */
  readonly stop: readonly StopRequest[] | null;
  readonly reloadSignal: NodeJS.Signals | null;
  readonly lifeline: boolean;
  readonly sweepGraceMs: number;
  /** Nothing where the child is a factory's. */
  readonly input: InputSettings;
  /** Whether the child is a factory's, and its streams are. */
  readonly isFactory: boolean;
  readonly stdout: OutputRoute;
  readonly stderr: OutputRoute;
  readonly stderrTail: number;
  readonly redact: ((line: string) => string) | undefined;
  readonly readyWhen: ((line: string, stream: OutputName) => boolean) | undefined;
  readonly promptWhen: ((text: string, stream: OutputName) => boolean) | undefined;
  readonly messageSignal: MessageSignal | undefined;
  readonly heartbeat: "message" | "output" | null;
  /** Never throws, whatever the user's function does. */
  readonly onFault: (error: unknown) => void;
}

const isBoolean = (value: unknown) => typeof value === "boolean";

/**
 * Reads the options that this package knows.
 *
 * @param more the other options of a launcher that starts its children itself, which are handed on;
 * null for a factory, to which output and environment of its children belong.
 * @throws PolicyOptionsError naming the option, the allowed range and the value got.
 */
export function readProcessOptions(
  owner: string,
  options: ProcessOptions & (OutputOptions | FactoryOutputOptions) & InputOptions,
  more: readonly string[] | null,
): ProcessSettings {
  const read = readOptions(owner, options as object as Record<string, unknown>);
  const reject = (key: string, allowed: string): never => {
    throw new PolicyOptionsError(owner, key, allowed, typeof read.raw(key));
  };
  const output = (name: OutputName) => readRoute(owner, name, read.raw(name), more === null);

  for (const key of ["redact", "readyWhen", "promptWhen", "messageSignal", "onFault"]) {
    if (!["function", "undefined"].includes(typeof read.raw(key))) reject(key, "a function");
  }
  for (const key of more ?? []) read.raw(key);
  const { redact, readyWhen, promptWhen, messageSignal, onFault } = options;
  const stop = readStopRequests(owner, read.raw("stop"), STOP_SIGNALS);
  const asks = stop?.find((step) => step.via === "signal");
  if (stop && read.raw("stopSignal") !== undefined) reject("stopSignal", "left out beside stop");
  const settings: ProcessSettings = {
    stopSignal: asks?.signal ?? read.oneOf("stopSignal", STOP_SIGNALS, "SIGTERM"),
    stop,
    reloadSignal:
      read.raw("reloadSignal") === undefined ? null : read.oneOf("reloadSignal", STOP_SIGNALS),
    killScope: read.oneOf("killScope", KILL_SCOPES, more ? "group" : "process"),
    lifeline: read.checked("lifeline", "true or false", isBoolean, true),
    sweepGraceMs: read.whole("sweepGraceMs", { max: 60_000, default: 500 }),
    isFactory: more === null,
    input: readInput(
      owner,
      more ? ({ stdin: read.raw("stdin"), stdio: read.raw("stdio") } as InputOptions) : {},
    ),
    stdout: output("stdout"),
    stderr: output("stderr"),
    stderrTail: read.whole("stderrTail", { max: 1_000, default: 20 }),
    redact,
    readyWhen,
    promptWhen,
    messageSignal,
    heartbeat: read.checked<"message" | "output" | null>(
      "heartbeat",
      "one of message, output",
      (value) => value === "message" || value === "output",
      null,
    ),
    onFault: quietly(onFault),
  };
  try {
    read.end();
  } catch (error) {
    const { option, allowed } = error as PolicyOptionsError;
    const instead = insteadOf(option);
    if (!instead) reject(option, allowed);
    throw new PolicyOptionsError(owner, option, allowed, typeof read.raw(option), instead);
  }
  return settings;
}

/** Never throws, and never rejects: there is nobody left to tell. */
function quietly(onFault: ProcessOptions["onFault"]): (error: unknown) => void {
  return (error) => {
    try {
      void promiseIn(onFault?.(error));
    } catch {
      // A throw from here would end the host.
    }
  };
}
