// What a factory of the user's has started: a child process, or something around one, as the process
// libraries return it. Nothing is known of what was returned, so it is read with care.

import type { ChildProcess } from "node:child_process";
import { promiseIn } from "./promise-in.js";

/**
 * A child process, or an object that has one, such as execa's.
 * @since 0.1.0
 */
export type FactoryChild = ChildProcess | ChildHolder;

/**
 * What has a child process.
 * @since 0.1.0
 */
export interface ChildHolder {
  /** The child process, which has been started. */
  readonly nodeChildProcess: ChildProcess;
}

/** What was found in a factory's answer. */
export interface FoundChild {
  readonly child: ChildProcess;
  /** Its own promise of how it ended, if it is also a promise. A rejection of it is never unhandled. */
  readonly promise: Promise<unknown> | null;
  /** What its environment has that no other child's has, where we have made it. */
  readonly mark?: string;
}

/** Finds the child in what a factory returned; null if there is none that could be watched. */
export function foundChild(answer: unknown): FoundChild | null {
  const child = [field(answer, "nodeChildProcess"), answer].find(isChild);
  return child ? { child, promise: promiseIn(answer) } : null;
}

/**
 * Ends by force whatever was started and is not taken, also what is only promised, and the `child` of a
 * promisified `exec`. Never throws.
 */
export function endUntaken(answer: unknown): void {
  for (const made of [answer, field(answer, "nodeChildProcess"), field(answer, "child")]) {
    end(made);
    void promiseIn(made)?.then(endUntaken, ignore);
  }
}

function end(made: unknown): void {
  try {
    const { on, kill } = made as Partial<ChildProcess>;
    if (!isFunction(kill)) return;
    if (isFunction(on)) (made as ChildProcess).on("error", ignore);
    (made as ChildProcess).kill("SIGKILL");
  } catch {
    // It is nothing that could be ended.
  }
}

function isChild(made: unknown): made is ChildProcess {
  return isFunction(field(made, "on"));
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

function field(of: unknown, name: string): unknown {
  try {
    return (of as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function ignore(): void {}
