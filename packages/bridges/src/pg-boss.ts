// A handler of pg-boss under a policy: a failed job is done, and followed by one that starts after the delay.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "./attempts.js";
import { readFunction } from "./doors.js";
import { type Kept, keptIn, requeued, withState } from "./requeue.js";

export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";

/**
 * What is used of a job of pg-boss.
 * @since 0.1.0
 */
export interface PgBossJob {
  /** The name of its queue. */
  readonly name: string;
  /** What it is about: an object, in which the state stands under `steadfast`. */
  readonly data: object;
  /** How often pg-boss handed it out before: any number. */
  readonly retryCount: number;
  /** How often it does so, with `includeMetadata`: any number. Left out: never. */
  readonly retryLimit?: number;
  /** Its priority, with `includeMetadata`: any number. Left out: pg-boss' own. */
  readonly priority?: number;
}

/**
 * What is used of pg-boss.
 * @since 0.1.0
 */
export interface PgBossLike {
  /** Adds a job. */
  send(name: string, data: object, options: object): Promise<unknown>;
}

/**
 * Puts a handler of pg-boss under a policy: `boss.work(queue, { includeMetadata: true }, handlerUnder(boss, policy, handler))`.
 *
 * Decides: after each failure the policy. Its delay runs from the failure: the job is completed, and a new one with the same
 * data and the policy's state starts after it. A refusal for good fails the job with the attempt's own error. A queue with
 * `retryLimit: 0` leaves all to the policy, and fails the job of a worker that died; with more, pg-boss hands such a job out
 * again, which is an exit of kind `lost`. Units: milliseconds; pg-boss looks at most twice a second.
 * Edge: with a batch, the jobs are handled one by one, and the first that fails for good fails those after it. A worker that
 * dies between the two jobs leaves both: the old one is handed out once more. Effect: jobs.
 * Errors: `PolicyOptionsError` for a bad option, at once; what `send` rejects with fails the job.
 *
 * @since 0.1.0
 * @example
 * const sent: object[] = [];
 * const boss = { send: async (name: string, data: object) => sent.push(data) };
 * const handler = handlerUnder(boss, lifetimeCap({ restarts: 3 }), () => Promise.reject(new Error("lost")));
 * await handler([{ name: "mail", data: { to: "ann" }, retryCount: 0 }]);
 * sent; // => [{ to: "ann", steadfast: { state: { restarts: 1 } } }]
 */
export function handlerUnder<Job extends PgBossJob, Value>(
  boss: PgBossLike,
  policy: BridgePolicy,
  handler: (job: Job) => Value | PromiseLike<Value>,
  options: BridgeOptions = {},
): (jobs: readonly Job[]) => Promise<Value | undefined> {
  readArguments("handlerUnder", arguments, 4);
  readFunction("handlerUnder", "boss.send", boss?.send);
  const bridge = attempts("handlerUnder", policy, options);
  readFunction("handlerUnder", "handler", handler);

  function one(job: Job): Promise<Value | undefined> {
    const { name, data, retryCount, retryLimit = 0, priority } = job;
    const send = (kept: Kept, own: object) => {
      const options = { ...own, ...(priority !== undefined && { priority }) };
      return boss.send(name, withState("handlerUnder", data, kept), options);
    };
    return requeued(bridge, {
      kept: keptIn(data),
      losses: retryCount,
      engineRetries: retryCount < retryLimit,
      run: () => handler(job),
      again: (kept, startAfter) => send(kept, { startAfter }),
      last: (kept) => send(kept, { retryLimit: 0 }),
    });
  }
  return async (jobs) => {
    let last: Value | undefined;
    for (const job of jobs) last = await one(job);
    return last;
  };
}
