// What a host should exit with, by the conventions of shells: its own child's code where that is why it
// ends, 128 + n for a signal, 127 for a command that is not there and 126 for one that cannot be run.

import { constants } from "node:os";
import { type Exit, PolicyOptionsError } from "@steadfast/policy";
import { isGoodOutcome } from "../is-good-outcome.js";
import type { Outcome } from "../outcome.js";
import type { TreeOutcome } from "../tree/outcome.js";

const FAILURE = 1;
const CANNOT_RUN = 126;
const NOT_FOUND = 127;
const BY_SIGNAL = 128;

/**
 * What a host should exit with when its supervision, or its tree, is over: `process.exitCode = exitCode(outcome)`.
 *
 * | outcome                                           | exit code                                     |
 * |---------------------------------------------------|-----------------------------------------------|
 * | `completed`, `excused`                            | 0                                             |
 * | `stopped` by a signal that `untilSignals` heard   | 128 + its number: 130 SIGINT, 143 SIGTERM     |
 * | `stopped` otherwise                               | 0                                             |
 * | `refused`, last exit with a code from 1 to 255    | that code                                     |
 * | `refused`, last exit `signalled`                  | 128 + the number of its signal                |
 * | `refused`, last exit `spawn-failed`               | 127 for ENOENT, 126 for EACCES and ENOEXEC, else 1 |
 * | `refused` after any other exit, or without one    | 1                                             |
 * | `start-failed`, of a tree                         | as `refused`, by the last exit of that child  |
 * | `failed`                                          | 1                                             |
 *
 * Of several outcomes, the first that was refused or failed decides; if there is none, the first whose code
 * is not 0. The answer is whole, from 0 to 255. A signal that this system does not know is a 1.
 * Pure. Errors: `PolicyOptionsError` for what is no outcome, such as a promise that was not awaited.
 * Source: the exit status of a command in POSIX, XCU 2.8.2, and `env`'s 126 and 127.
 *
 * @since 0.1.0
 * @example
 * const lastExit = { kind: "failed", code: 3 } as const;
 * exitCode({ type: "refused", reason: "window-full", retryAfterMs: null, lastExit, attempts: 10 }); // => 3
 * exitCode({ type: "completed", value: undefined, lastExit, attempts: 1 }); // => 0
 */
export function exitCode(outcome: AnyOutcome, ...more: readonly AnyOutcome[]): number {
  const outcomes = [outcome, ...more];
  const codes = outcomes.map(codeOf);
  const worst = outcomes.findIndex(({ type }) => !isGoodOutcome(type));
  return codes[worst] ?? codes.find((code) => code !== 0) ?? 0;
}

/** How a supervision of one child ended, or of a tree. */
type AnyOutcome = Outcome | TreeOutcome;

function codeOf(outcome: AnyOutcome): number {
  switch (read(outcome, "type") as AnyOutcome["type"] | undefined) {
    case "completed":
    case "excused":
      return 0;
    case "stopped":
      return ofStop((outcome as { readonly abortReason?: unknown }).abortReason);
    case "refused":
    case "start-failed":
      return ofExit((outcome as { readonly lastExit: Exit | null }).lastExit);
    case "failed":
      return FAILURE;
    default: {
      const got = typeof read(outcome, "then") === "function" ? "a promise" : outcome;
      throw new PolicyOptionsError("exitCode", "outcome", "what `await handle.outcome` gave", got);
    }
  }
}

/** Another copy of this package may have made the reason: its code is asked, not its class. */
function ofStop(reason: unknown): number {
  return read(reason, "code") === "ERR_SIGNAL_RECEIVED" ? ofSignal(read(reason, "signal")) : 0;
}

function ofSignal(name: unknown): number {
  const number = constants.signals[name as NodeJS.Signals] as number | undefined;
  return number === undefined ? FAILURE : BY_SIGNAL + number;
}

function ofExit(exit: Exit | null): number {
  if (exit?.kind === "signalled") return ofSignal(exit.signal);
  if (exit?.kind === "spawn-failed") return ofSpawn(read(exit.error, "code"));
  const code = read(exit, "code");
  // Beyond 255 a shell would see only the last eight bits, which may be 0.
  return typeof code === "number" && Number.isInteger(code) && code >= 1 && code <= 255
    ? code
    : FAILURE;
}

function ofSpawn(code: unknown): number {
  if (code === "ENOENT") return NOT_FOUND;
  return code === "EACCES" || code === "ENOEXEC" ? CANNOT_RUN : FAILURE;
}

/** A property of anything; undefined where there is none or it cannot be read. */
function read(from: unknown, key: string): unknown {
  try {
    return (from as { readonly [key: string]: unknown } | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}
