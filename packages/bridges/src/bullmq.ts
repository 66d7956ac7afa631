// BullMQ's backoff strategy by a policy. The state stands in the job, so that whichever worker runs it next goes on.
//
// - Only -1 is "never" to BullMQ; what is no number, and a strategy that throws, would retry at once or leave the job
//   active. So every answer is a whole number, or -1.
// - A stalled job does not come to the strategy: it runs again at once. What was missed is an exit `lost` each, told
//   before the failure that follows.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "./attempts.js";
import { readFunction, readObject } from "./doors.js";
import { withState } from "./requeue.js";

export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";

/**
 * What is used of a job of BullMQ.
 * @since 0.1.0
 */
export interface BullmqJob {
  /** Its name. */
  readonly name: string;
  /** What it is about: an object, in which the state stands under `steadfast`. */
  readonly data: unknown;
  /** When this attempt began, in epoch milliseconds: any number. Left out: it has just begun. */
  readonly processedOn?: number;
  /** How often it stalled: any number. Left out: never. */
  readonly stalledCounter?: number;
  /** Replaces what it is about. */
  updateData(data: never): Promise<unknown>;
}

/**
 * Where states stand, if not in the job.
 * @since 0.1.0
 */
export interface BullmqOptions extends BridgeOptions {
  /** Loads and saves the state of a job, such as by its name. Default: in the job's own data. */
  readonly states?: {
    /** The state that was saved last; undefined for none. */
    load(job: BullmqJob): unknown;
    /** Saves it; a promise is waited for. */
    save(job: BullmqJob, state: unknown): unknown;
  };
}

/**
 * Options for `queue.add`: as many attempts as the policy allows, and its delays.
 * @since 0.1.0
 * @example
 * underPolicy.backoff.type; // => "policy"
 */
export const underPolicy = { attempts: 2 ** 31 - 1, backoff: { type: "policy" } } as const;

/** BullMQ's order is a number of 53 bits, of which the time has 41. */
const LATEST = 2 ** 41 - 1;

const inJob: NonNullable<BullmqOptions["states"]> = {
  load: ({ data }) => (data as { steadfast?: unknown } | null)?.steadfast,
  save(job, state) {
    const data = withState("backoffStrategy", job.data, state);
    return job.updateData(data as never);
  },
};

/**
 * Makes a policy BullMQ's backoff strategy: `new Worker(name, processor, { settings: { backoffStrategy: backoffStrategy(policy) } })`.
 *
 * Decides: after each failure the policy; its delay runs from the failure, a refusal for good moves the job to failed.
 * Add jobs with `underPolicy`: BullMQ's own number of attempts holds, too. The state stands in the job's data, under
 * `steadfast`, and survives workers and Redis' own restarts as the job does; with `states` elsewhere, such as one for all
 * jobs of a name. Units: milliseconds; a delay is rounded up, and ends at the latest in 2039, as BullMQ's own.
 * Edge: each stall since the last failure is an exit of kind `lost`, which a policy does not count as a failure unless the
 * preset's `isFailure` says so. Effect: the job's data. Errors: `PolicyOptionsError` for a bad option, at once; what saving
 * rejects with, also where the data is no object that could hold a state, is an error of the worker (`worker.on("error")`), and the job stalls.
 *
 * @since 0.1.0
 * @example
 * const strategy = backoffStrategy(lifetimeCap({ restarts: 1 }));
 * const job = { name: "a", data: {}, updateData: async (data: object) => Object.assign(job.data, data) };
 * await strategy(1, "policy", new Error("lost"), job); // => 0
 * await strategy(2, "policy", new Error("lost"), job); // => -1
 */
export function backoffStrategy(
  policy: BridgePolicy,
  options: BullmqOptions = {},
): (attemptsMade: number, type?: string, error?: Error, job?: BullmqJob) => Promise<number> {
  readArguments("backoffStrategy", arguments, 2);
  readObject("backoffStrategy", options);
  const { states = inJob, ...others } = options;
  const bridge = attempts("backoffStrategy", policy, others);
  readFunction("backoffStrategy", "states.load", states?.load);
  readFunction("backoffStrategy", "states.save", states?.save);
  return async (_attemptsMade, _type, error, job) => {
    if (job === undefined) return -1;
    const saved = (await states.load(job)) as { stalls?: unknown; state?: unknown } | undefined;
    const stalls = job.stalledCounter ?? 0;
    const now = bridge.now();
    const startedAt = job.processedOn ?? now;
    let state = saved?.state;
    for (let known = Math.max(0, Number(saved?.stalls) || 0); known < stalls; known++) {
      state = bridge.after(state, { kind: "lost" }, startedAt).state;
    }
    const verdict = bridge.after(state, { kind: "failed", error }, startedAt);
    await states.save(job, { stalls, state: verdict.state });
    if (verdict.delayMs === null) return -1;
    return Math.min(Math.ceil(verdict.delayMs), Math.max(0, LATEST - Date.now()));
  };
}
