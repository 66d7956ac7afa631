// What the queues on PostgreSQL share: an attempt that failed is followed by a new job with the state in its data, and
// the old one is done.
//
// - A worker that died leaves its job to the engine, which hands it out again: each time is an exit `lost`.
// - "Never" is the attempt's own error. Where the engine would try that again by itself, the new job is the last one, which
//   does nothing but fail with the message.

import { PolicyOptionsError } from "@steadfast/policy";
import type { Attempts } from "./attempts.js";

/** What stands in a job's data, under `steadfast`. */
export interface Kept {
  /** The policy's state. */
  readonly state?: unknown;
  /** The message that the last job fails with. */
  readonly ended?: string;
}

export interface Requeued<Value> {
  /** What the job carries. */
  readonly kept: Kept | undefined;
  /** How often the engine handed this job out before. */
  readonly losses: number;
  /** Whether the engine tries again by itself what fails. */
  readonly engineRetries: boolean;
  run(): Value | PromiseLike<Value>;
  /** Adds the next job, which starts at an instant. */
  again(kept: Kept, at: Date): PromiseLike<unknown>;
  /** Adds the last job, which the engine tries once. */
  last(kept: Kept): PromiseLike<unknown>;
}

export async function requeued<Value>(
  bridge: Attempts,
  { kept, losses, engineRetries, run, again, last }: Requeued<Value>,
): Promise<Value | undefined> {
  if (kept?.ended !== undefined) throw new Error(kept.ended);
  const startedAt = bridge.now();
  try {
    return await run();
  } catch (error) {
    let state = kept?.state;
    for (let lost = 0; lost < losses; lost++) {
      state = bridge.after(state, { kind: "lost" }, startedAt).state;
    }
    const verdict = bridge.after(state, { kind: "failed", error }, startedAt);
    if (verdict.delayMs !== null) {
      const at = bridge.now() + Math.ceil(verdict.delayMs);
      await again({ state: verdict.state }, new Date(Math.min(at, LATEST)));
      return undefined;
    }
    if (!engineRetries) throw error;
    const ended = error instanceof Error ? error.message : String(error);
    await last({ state: verdict.state, ended });
    return undefined;
  }
}

/** The data of a job with the state in it. What is no object would be taken apart: it is refused. */
export function withState(owner: string, data: unknown, state: unknown): object {
  const isObject = typeof data === "object" && !Array.isArray(data);
  if (isObject || data === undefined) return { ...data, steadfast: state };
  throw new PolicyOptionsError(owner, "data", "an object, which the state is put into", data);
}

/** The data of a job, and what we keep in it. */
export function keptIn(data: unknown): Kept | undefined {
  return (data as { readonly steadfast?: Kept } | null | undefined)?.steadfast;
}

/** PostgreSQL's instants go farther than those of JavaScript, which end in the year 275760. */
const LATEST = 8.64e15;
