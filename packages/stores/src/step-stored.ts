// One decision on what a store holds: the policy is stepped as it would be in memory, at the store's time.
//
// - Time never goes below that of the last write: behind it, the policy's time stands still.
// - Facts and request are stepped at one instant, in order.
// - What did not change the state is not written.

import {
  type Millis,
  PolicyStateError,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
} from "@steadfast/policy";
import type { Stored } from "./store.js";

/** What is stored, as JSON text. */
interface Saved {
  /** Of the format. */
  readonly v: 1;
  /** The instant of the last step that changed something. */
  readonly at: Millis;
  readonly state: unknown;
}

export interface Stepped {
  readonly decision: RestartDecision;
  /** What is to be written; null if nothing has changed. */
  readonly value: string | null;
}

/**
 * `parse` pulls instants back that are later than its `now`. Here none is wrong: time never goes below that of the write,
 * and what stands later in the state is a delay that was granted.
 */
const NOTHING_IS_LATER = Number.MAX_SAFE_INTEGER;

/** @throws PolicyStateError if what stands there was written by something else. */
export function stepStored(
  policy: RestartPolicy,
  { entry, now }: Stored,
  events: readonly RestartEvent[],
): Stepped {
  const saved = entry && readSaved(policy, entry.value);
  const at = Math.max(Math.floor(now), saved ? saved.at : Number.MIN_SAFE_INTEGER);
  const before = saved ? policy.parse(saved.state, NOTHING_IS_LATER) : policy.initial();
  let state = before;
  let decision: RestartDecision = { type: "noted" };
  for (const event of events) [state, decision] = policy.step(state, event, at);
  if (state === before) return { decision, value: null };
  return { decision, value: JSON.stringify({ v: 1, at, state } satisfies Saved) };
}

function readSaved(policy: RestartPolicy, value: string): Saved {
  const { v, at, state } = parsed(value) as Partial<Record<keyof Saved, unknown>>;
  const wrong = (path: string, allowed: string, got: unknown) =>
    new PolicyStateError(path, `${allowed}: what sharedPolicy(${policy.name}) wrote`, show(got));
  if (v !== 1) throw wrong("v", "1", v);
  if (!Number.isSafeInteger(at)) throw wrong("at", "whole milliseconds", at);
  return { v, at: at as Millis, state };
}

function parsed(value: string): object {
  try {
    const read: unknown = JSON.parse(value);
    if (typeof read === "object" && read !== null) return read;
  } catch {
    // Told below, as what is not there.
  }
  return {};
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
