// Libraries that try a call again, behind one shape: ours, and the peers in bench/.

import { backoff, constant } from "@steadfast/backoff";
import { retry } from "@steadfast/promise-tasks";
import { peer } from "../peers.ts";

export type Task = () => Promise<unknown>;
/** Tries a task again after a delay, at most so many times in all, until the signal fires. */
export type Run = (task: Task, signal: AbortSignal) => Promise<unknown>;
/** Made once, where the library has something to be made. */
export type Retry = (delayMs: number, attempts: number) => Run;

export const steady = (delayMs: number) =>
  backoff({ curve: constant({ delayMs }), jitter: "none" });

export const ours: Retry = (delayMs, attempts) => {
  const delays = steady(delayMs);
  return (task, signal) => retry(task, { attempts, backoff: delays, signal });
};

export async function pRetry(): Promise<Retry> {
  type PRetry = (task: Task, options: object) => Promise<unknown>;
  const { default: retryOf } = (await peer("p-retry/index.js")) as { readonly default: PRetry };
  return (delayMs, attempts) => {
    const times = { minTimeout: delayMs, maxTimeout: delayMs, factor: 1 };
    return (task, signal) => retryOf(task, { ...times, retries: attempts - 1, signal });
  };
}

export async function cockatiel(): Promise<Retry> {
  interface Cockatiel {
    readonly handleAll: unknown;
    readonly ConstantBackoff: new (ms: number) => unknown;
    readonly retry: (
      policy: unknown,
      options: object,
    ) => { execute(task: Task, signal: AbortSignal): Promise<unknown> };
  }
  const library = (await peer("cockatiel/dist/index.js")) as Cockatiel;
  return (delayMs, attempts) => {
    const options = { maxAttempts: attempts - 1, backoff: new library.ConstantBackoff(delayMs) };
    const policy = library.retry(library.handleAll, options);
    return (task, signal) => policy.execute(task, signal);
  };
}

export async function asyncRetry(task: Task): Promise<unknown> {
  type AsyncRetry = (task: Task, options: object) => Promise<unknown>;
  const { default: retryOf } = (await peer("async-retry/lib/index.js")) as {
    readonly default: AsyncRetry;
  };
  return retryOf(task, { retries: 2, minTimeout: 1, maxTimeout: 1 });
}
