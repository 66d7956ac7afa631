// Checks the options of a launcher once, when it is made. Nothing is clamped.
//
// Options that Node itself reads (`cwd`, `uid`, ...) are handed on untouched; Node checks them at
// every launch and throws what it finds wrong. Values of unknown options are not shown: somebody's
// misspelt `env` has no business in a log.

import { constants } from "node:os";
import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import type { OutputName, OutputOptions, ProcessOptions } from "./launcher-options.js";
import type { KillScope } from "./stop-plan.js";

/** The options in force, defaults filled in. */
export interface ProcessSettings {
  readonly stopSignal: NodeJS.Signals;
  readonly killScope: KillScope;
  readonly stdout: "inherit" | "ignore";
  readonly stderr: "inherit" | "ignore";
  readonly stderrTail: number;
  readonly redact: (line: string) => string;
  readonly readyWhen: ((line: string, stream: OutputName) => boolean) | undefined;
  /** Never throws, whatever the user's function does. */
  readonly onFault: (error: unknown) => void;
}

const SCOPES: readonly KillScope[] = ["group", "mixed", "process"];
const OUTPUTS = ["inherit", "ignore"] as const;
const MOST_LINES = 1_000;
const DEFAULT_LINES = 20;

/** What this package reads itself, of every launcher. */
export const PROCESS_KEYS = [
  "stopSignal",
  "killScope",
  "stderrTail",
  "redact",
  "readyWhen",
  "onFault",
] as const;

/** And of every launcher that starts the child itself. */
export const STARTER_KEYS = [...PROCESS_KEYS, "stdout", "stderr", "env"] as const;

/**
 * Reads the options that this package knows.
 *
 * @param keys all options that `owner` takes; any other is an error.
 * @param killScope the default.
 * @throws PolicyOptionsError naming the option, the allowed range and the value got.
 */
export function readProcessOptions(
  owner: string,
  options: ProcessOptions & OutputOptions,
  keys: readonly string[],
  killScope: KillScope,
): ProcessSettings {
  const read = readOptions(owner, options);
  rejectUnknown(owner, options, keys);
  const redact = readFunction(owner, options, "redact");
  const readyWhen = readFunction(owner, options, "readyWhen");
  const onFault = readFunction(owner, options, "onFault");
  return {
    stopSignal: read.oneOf("stopSignal", signalNames(), "SIGTERM"),
    killScope: read.oneOf("killScope", SCOPES, killScope),
    stdout: read.oneOf("stdout", OUTPUTS, "inherit"),
    stderr: read.oneOf("stderr", OUTPUTS, "inherit"),
    stderrTail: read.whole("stderrTail", { max: MOST_LINES, default: DEFAULT_LINES }),
    redact: redact ?? ((line) => line),
    readyWhen,
    onFault(error) {
      try {
        onFault?.(error);
      } catch {
        // There is nobody left to tell: a throw from here would end the host.
      }
    },
  };
}

/** The options among `keys` that are there, for Node. */
export function nodeOptions<Options extends object, Key extends keyof Options & string>(
  options: Options,
  keys: readonly Key[],
): Pick<Options, Key> {
  const present = keys.filter((key) => options[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, options[key]])) as Pick<Options, Key>;
}

function signalNames(): NodeJS.Signals[] {
  return Object.keys(constants.signals) as NodeJS.Signals[];
}

function rejectUnknown(owner: string, options: object, keys: readonly string[]): void {
  for (const [key, value] of Object.entries(options)) {
    if (keys.includes(key)) continue;
    throw new PolicyOptionsError(owner, key, `left out (known: ${keys.join(", ")})`, typeof value);
  }
}

function readFunction<Key extends "redact" | "readyWhen" | "onFault">(
  owner: string,
  options: ProcessOptions,
  key: Key,
): ProcessOptions[Key] {
  const value = options[key];
  if (value !== undefined && typeof value !== "function") {
    throw new PolicyOptionsError(owner, key, "a function", value);
  }
  return value;
}
