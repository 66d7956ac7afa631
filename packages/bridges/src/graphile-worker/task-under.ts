// A task of graphile-worker under a policy: a failed job is done, and followed by one that runs after the delay, since
// graphile-worker's own delays cannot be replaced.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "../attempts.js";
import { readFunction } from "../doors.js";
import { type Kept, keptIn, requeued, withState } from "../requeue.js";

/**
 * What is used of the helpers that graphile-worker hands to a task.
 * @since 0.1.0
 */
export interface GraphileHelpers {
  /** The job that is run. */
  readonly job: {
    /** The task's name. */
    readonly task_identifier: string;
    /** Which attempt of graphile-worker's own this is: a number, at least 1. */
    readonly attempts: number;
    /** How many of them it makes: a number, at least 1. */
    readonly max_attempts: number;
    /** Its priority: any number. */
    readonly priority: number;
  };
  /** Adds a job. */
  addJob(identifier: string, payload: unknown, spec?: object): Promise<unknown>;
}

/**
 * Puts a task of graphile-worker under a policy: `run({ taskList: { mail: taskUnder(policy, task) }, noHandleSignals: true, ... })`.
 *
 * Decides: after each failure the policy. Its delay runs from the failure: the job is done, and a new one with the same payload
 * and the policy's state runs after it. A refusal for good fails the job for good: where graphile-worker has attempts left,
 * by one more job that does nothing but fail with the message. A job whose worker died is handed out again by
 * graphile-worker (after four hours, unless it is unlocked), which is an exit of kind `lost`: leave it more than one attempt.
 * Units: milliseconds. Edge: a queue name and a job key are not carried over: the helpers do not say them. Effect: jobs.
 * Errors: `PolicyOptionsError` for a bad option, at once; what `addJob` rejects with fails the job.
 *
 * @since 0.1.0
 * @example
 * const added: unknown[] = [];
 * const job = { task_identifier: "mail", attempts: 1, max_attempts: 1, priority: 0 };
 * const task = taskUnder(lifetimeCap({ restarts: 3 }), () => Promise.reject(new Error("lost")));
 * await task({ to: "ann" }, { job, addJob: async (_, payload) => added.push(payload) });
 * added; // => [{ to: "ann", steadfast: { state: { restarts: 1 } } }]
 */
export function taskUnder<Helpers extends GraphileHelpers>(
  policy: BridgePolicy,
  task: (payload: never, helpers: Helpers) => unknown,
  options: BridgeOptions = {},
): (payload: unknown, helpers: Helpers) => Promise<void> {
  readArguments("taskUnder", arguments, 3);
  const bridge = attempts("taskUnder", policy, options);
  readFunction("taskUnder", "task", task);
  return async (payload, helpers) => {
    const { task_identifier, attempts: attempt, max_attempts, priority } = helpers.job;
    const add = (kept: Kept, spec: object) => {
      const data = withState("taskUnder", payload, kept);
      return helpers.addJob(task_identifier, data, { priority, ...spec });
    };
    await requeued(bridge, {
      kept: keptIn(payload),
      losses: attempt - 1,
      engineRetries: attempt < max_attempts,
      run: () => task(payload as never, helpers),
      again: (kept, runAt) => add(kept, { maxAttempts: max_attempts, runAt }),
      last: (kept) => add(kept, { maxAttempts: 1 }),
    });
  };
}
