// The bounded JSON projection of an exit, for journals, records and snapshots.
//
// It is total: whatever was thrown (undefined, a frozen object, a Proxy that traps everything, an
// error whose getters throw) comes out as data. It is bounded: texts are cut, causes go three deep.
// It is settled: the projection of a projection is the same data.

import type { Exit } from "./exit.js";
import { show } from "./show.js";

const MESSAGE_LENGTH = 1_000;
const STACK_LENGTH = 4_000;
const CAUSE_DEPTH = 3;
const STDERR_LINES = 50;
/** Fields that are kept where they are texts or numbers. */
const PLAIN = ["code", "signal", "reason", "afterMs", "rest"];
/** Fields that are lists of texts. */
const LISTS = ["stderrTail", "steps", "escaped"];

/**
 * What is kept of a thrown value.
 * @since 0.1.0
 */
export interface ErrorRecord {
  /** The error's name; for a value without one its type, such as `undefined` or `string`. */
  readonly name: string;
  /** Cut after 1 000 characters. */
  readonly message: string;
  /** The error's `code`, where it is a text or a number. */
  readonly code?: string | number;
  /** Cut after 4 000 characters. */
  readonly stack?: string;
  /** The error's `cause`, at most three deep. */
  readonly cause?: ErrorRecord;
}

/**
 * An `Exit` as plain JSON: `error` is an `ErrorRecord`, and a result's `value` is left out.
 * @since 0.1.0
 */
export type ExitRecord = Exit & { readonly value?: never };

/**
 * Projects an exit to plain JSON. Never throws, whatever the error is.
 *
 * A completed task's `value` is left out, since journals carry no output. Of the stderr tail the last
 * 50 lines stay, each cut after 1 000 characters; of what `ended` holds, three levels.
 *
 * @since 0.1.0
 * @example
 * exitRecord({ kind: "failed", error: "boom", code: 1 });
 * // => { kind: "failed", code: 1, error: { name: "string", message: "boom" } }
 */
export function exitRecord(exit: Exit): ExitRecord {
  return projectExit(exit, CAUSE_DEPTH) as unknown as ExitRecord;
}

/**
 * Projects any thrown value to plain JSON. Never throws.
 *
 * Decides nothing, keeps nothing. `name`, `message`, `code`, `stack` and `cause` are each read once;
 * one whose getter throws, or that is not of its type, is left out or, for name and message, stands
 * for the value itself: its type and its text.
 *
 * @since 0.1.0
 * @example
 * errorRecord(undefined);
 * // => { name: "undefined", message: "undefined" }
 */
export function errorRecord(thrown: unknown): ErrorRecord {
  return projectError(thrown, CAUSE_DEPTH);
}

function projectExit(exit: Exit, depth: number): Record<string, unknown> {
  const record: Record<string, unknown> = { kind: read(exit, "kind") };
  for (const key of PLAIN) {
    const value = plain(read(exit, key));
    if (value !== undefined) record[key] = value;
  }
  if (has(exit, "error")) record.error = errorRecord(read(exit, "error"));
  const ended = read(exit, "ended") as Exit | undefined;
  if (ended && depth > 0) record.ended = projectExit(ended, depth - 1);
  for (const key of LISTS) {
    const list = read(exit, key);
    const lines = list && lastLines(list as readonly string[]);
    if (lines) record[key] = lines;
  }
  return record;
}

function projectError(thrown: unknown, depth: number): ErrorRecord {
  const name = read(thrown, "name");
  const message = read(thrown, "message");
  const code = plain(read(thrown, "code"));
  const stack = read(thrown, "stack");
  const cause = read(thrown, "cause");
  const record: { -readonly [Key in keyof ErrorRecord]: ErrorRecord[Key] } = {
    name: typeof name === "string" ? cut(name) : typeOf(thrown),
    message: typeof message === "string" ? cut(message) : textOf(thrown),
  };
  if (code !== undefined) record.code = code;
  if (typeof stack === "string") record.stack = stack.slice(0, STACK_LENGTH);
  if (cause !== undefined && depth > 0) record.cause = projectError(cause, depth - 1);
  return record;
}

function typeOf(thrown: unknown): string {
  return thrown === null ? "null" : typeof thrown;
}

function textOf(thrown: unknown): string {
  return typeof thrown === "string" ? cut(thrown) : show(thrown, MESSAGE_LENGTH);
}

/** A text or a number as JSON can hold it; anything else is left out. */
function plain(value: unknown): string | number | undefined {
  if (typeof value === "string") return cut(value);
  return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
}

function cut(text: string): string {
  return text.slice(0, MESSAGE_LENGTH);
}

function read(from: unknown, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function has(from: object, key: string): boolean {
  try {
    return key in from;
  } catch {
    return false;
  }
}

function lastLines(tail: readonly string[]): readonly string[] | undefined {
  try {
    return tail.slice(-STDERR_LINES).map(cut);
  } catch {
    return undefined;
  }
}
