import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import { realSystem, type System } from "@steadfast/supervisor/alarm";
import type { RetryContext } from "./attempt.js";
import { type RetryOptions, type RetrySettings, retrySettings } from "./retry-options.js";
import { Run } from "./run.js";

/**
 * A function to retry: it returns, or promises, its result.
 * @since 0.1.0
 */
export type RetriedTask<Value> = (context: RetryContext) => Value | PromiseLike<Value>;

/**
 * Calls a task until it succeeds: its value out, or the last error thrown.
 *
 * Decides: nothing itself; the policy, or the shorthands that build one, says whether and when there is another
 * attempt. The first is made before `retry` returns. Units: milliseconds. Defaults: nothing is waited for, no
 * time is limited; one of `policy`, `attempts` and `deadlineMs` must be given.
 * Edges: a delay runs from the end of the attempt and is rounded up, once; exactly at its time limit an
 * attempt is asked to end, and one turn of the event loop later it is given up; exactly at the deadline it is
 * over. A restart without delay happens in a microtask; the event loop has its turn at least every 5 ms.
 * Effect: while it waits, one entry in the alarm that all supervisions share, and one listener on the
 * signal that all retries share; none once it is settled.
 * Errors: what the last attempt threw, untouched, and `refusedBy` says why there was no further one; a
 * `RefusedError` if there is no such error, or `throws` is `refused`; the signal's reason; what a callback
 * throws. `PolicyOptionsError` for a bad option, thrown at once.
 *
 * @since 0.1.0
 * @example
 * let calls = 0;
 * const task = async () => {
 *   if (++calls < 3) throw new Error("no connection");
 *   return "connected";
 * };
 * await retry(task, { attempts: 5 }); // => "connected"
 * calls; // => 3
 */
export function retry<Value>(
  task: RetriedTask<Value>,
  options: RetryOptions<NoInfer<Value>>,
  system?: System,
): Promise<Value>;
export function retry<Answer>(
  task: (context: RetryContext) => Answer,
  options: RetryOptions<NoInfer<Awaited<Answer>>>,
  system?: System,
): Promise<Awaited<Answer>>;
export function retry<Value>(
  task: RetriedTask<Value>,
  options: RetryOptions<Value>,
  system: System = realSystem,
): Promise<Value> {
  readArguments("retry", arguments, 3);
  return run(checked("retry", task), retrySettings("retry", options, system));
}

/**
 * Wraps a function, so that every call of it is retried: same arguments, same `this`, a promise of its result.
 *
 * The options are read once. What `retry` says of attempts, waits and errors holds for each call; a
 * `signal` ends all that are going on. The function does not get a `RetryContext`: where it needs one, call `retry`.
 * Effect: none until it is called. Errors: `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const half = retryable((n: number) => n / 2, { attempts: 3 });
 * await half(8); // => 4
 */
export function retryable<This, Args extends unknown[], Answer>(
  task: (this: This, ...args: Args) => Answer,
  options: RetryOptions<NoInfer<Awaited<Answer>>>,
  system: System = realSystem,
): (this: This, ...args: Args) => Promise<Awaited<Answer>> {
  readArguments("retryable", arguments, 3);
  type Value = Awaited<Answer>;
  checked("retryable", task);
  const settings = retrySettings<Value>("retryable", options, system);
  return function (...args) {
    return run(() => task.apply(this, args) as Value, settings);
  };
}

function run<Value>(task: RetriedTask<Value>, settings: RetrySettings<Value>): Promise<Value> {
  return new Promise((resolve, reject) => new Run(task, settings, resolve, reject).begin());
}

function checked<Task>(owner: string, task: Task): Task {
  if (typeof task === "function") return task;
  throw new PolicyOptionsError(owner, "task", "a function", task);
}
