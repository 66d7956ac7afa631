// The bounded JSON projection of an exit, for journals, records and snapshots.
//
// It is total: whatever was thrown (undefined, a frozen object, a Proxy that traps everything, an
// error whose getters throw) comes out as data. It is bounded: texts are cut, causes go three deep.

import type { Exit } from "./exit.js";
import { show } from "./show.js";

const MESSAGE_LENGTH = 1_000;
const STACK_LENGTH = 4_000;
const CAUSE_DEPTH = 3;
const STDERR_LINES = 50;

/** What is kept of a thrown value. */
export interface ErrorRecord {
  readonly name: string;
  /** Cut after 1 000 characters. */
  readonly message: string;
  readonly code?: string | number;
  /** Cut after 4 000 characters. */
  readonly stack?: string;
  /** The error's `cause`, at most three deep. */
  readonly cause?: ErrorRecord;
}

/** An `Exit` as plain JSON: `error` is an `ErrorRecord`, and a result's `value` is left out. */
export type ExitRecord = Exit & { readonly value?: never };

/**
 * Projects an exit to plain JSON. Never throws, whatever the error is.
 *
 * A completed task's `value` is left out, since journals carry no output. Of the stderr tail the last
 * 50 lines stay, each cut after 1 000 characters.
 *
 * @example
 * exitRecord({ kind: "failed", error: new Error("boom"), code: 1 });
 * // { kind: "failed", code: 1, error: { name: "Error", message: "boom", stack: "..." } }
 */
export function exitRecord(exit: Exit): ExitRecord {
  const record: Record<string, unknown> = { kind: exit.kind };
  for (const key of ["code", "signal", "reason", "afterMs"]) {
    const value = read(exit, key);
    if (typeof value === "string") record[key] = value.slice(0, MESSAGE_LENGTH);
    if (typeof value === "number" && Number.isFinite(value)) record[key] = value;
  }
  if ("error" in exit) record.error = errorRecord(exit.error);
  if ("ended" in exit && exit.ended) record.ended = exitRecord(exit.ended);
  if (exit.stderrTail) {
    const lines = exit.stderrTail.slice(-STDERR_LINES);
    record.stderrTail = lines.map((line) => line.slice(0, MESSAGE_LENGTH));
  }
  return record as unknown as ExitRecord;
}

/** Projects any thrown value to plain JSON. Never throws. */
export function errorRecord(thrown: unknown, depth: number = CAUSE_DEPTH): ErrorRecord {
  const isObject = (typeof thrown === "object" && thrown !== null) || typeof thrown === "function";
  if (!isObject) return { name: typeof thrown, message: show(thrown, MESSAGE_LENGTH) };
  const name = read(thrown, "name");
  const message = read(thrown, "message");
  const code = read(thrown, "code");
  const stack = read(thrown, "stack");
  const cause = read(thrown, "cause");
  return {
    name: typeof name === "string" ? name.slice(0, MESSAGE_LENGTH) : typeof thrown,
    message:
      typeof message === "string" ? message.slice(0, MESSAGE_LENGTH) : show(thrown, MESSAGE_LENGTH),
    ...(isCode(code) ? { code } : {}),
    ...(typeof stack === "string" ? { stack: stack.slice(0, STACK_LENGTH) } : {}),
    ...(cause !== undefined && depth > 0 ? { cause: errorRecord(cause, depth - 1) } : {}),
  };
}

function isCode(code: unknown): code is string | number {
  return typeof code === "string" || (typeof code === "number" && Number.isFinite(code));
}

function read(from: object, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
