import type { ChildSignal, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { type Task, taskLauncher } from "../src/index.js";

export const info: LaunchInfo = {
  id: "task",
  attempt: 3,
  generation: 2,
  cause: "restart",
  failures: 0,
};

export function launch<Value>(task: Task<Value>): LiveChild<Value> {
  return taskLauncher(task).launch(info);
}

/** A launched child whose signals are written down. */
export function heard<Value>(task: Task<Value>): {
  child: LiveChild<Value>;
  signals: ChildSignal[];
} {
  const child = launch(task);
  const signals: ChildSignal[] = [];
  child.onSignal((signal) => signals.push(signal));
  return { child, signals };
}

export interface Deferred<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

export function deferred<Value = void>(): Deferred<Value> {
  let resolve!: (value: Value) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** Long enough for every promise that can settle by itself to have settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** The name of the method that makes a thenable. */
export const THEN = "then";

/** A value that throws whatever is done to it. */
export function hostile(): object {
  const trap = () => {
    throw new Error("trapped");
  };
  return new Proxy(
    {},
    { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap, getOwnPropertyDescriptor: trap },
  );
}
