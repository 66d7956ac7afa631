// An activity of Temporal under a policy: what an attempt fails with says when the next one begins, or that there is
// none. The state stands in the heartbeat details, which Temporal hands to the next attempt, on whichever worker.
//
// - The activity's own details stand beside it: it sees and tells nothing else.
// - An attempt that left no state, such as one whose worker died, was an exit `lost`: their numbers say how many.

import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "../attempts.js";
import { readFunction } from "../doors.js";
import type { TemporalContext, TemporalSdk } from "./sdk.js";

/** What the details are: the state after the attempt of that number, and the activity's own. */
interface Kept {
  readonly steadfast?: { readonly attempt: number; readonly state: unknown };
  readonly own?: unknown;
}

/** The longest that Temporal's server counts, in nanoseconds of 63 bits. */
export const LONGEST_MS = 9_223_372_036_854;
const PARTS = ["Context", "asyncLocalStorage", "ApplicationFailure"] as const;

/**
 * Puts an activity of Temporal under a policy: `export const charge = activityUnder(temporal, policy, async (order: Order) => ...)`, where `temporal`
 * is the module `@temporalio/activity`.
 *
 * Decides: after each failure the policy. Its delay runs from the failure, as `nextRetryDelay`; a refusal for good is
 * `nonRetryable`. The state stands in the heartbeat details, beside the activity's own, and survives every worker. An
 * attempt that ended without an answer (its worker died, it timed out) is an exit of kind `lost`, counted before the
 * next failure. Units: milliseconds; a delay is rounded up. Edge: what is cancelled, completed by somebody else or not to be
 * retried by the activity's own word is left as it is. The activity's `RetryPolicy` and timeouts hold, too: leave
 * `maximumAttempts` out. Effect: heartbeats. Errors: `PolicyOptionsError` for a bad option, at once, and in a local activity,
 * which has no heartbeat.
 *
 * @since 0.1.0
 * @example
 * const told: unknown[] = [];
 * const info = { attempt: 1, heartbeatDetails: undefined, isLocal: false };
 * const context = { info, cancellationSignal: { aborted: false }, heartbeat: (details: unknown) => told.push(details) };
 * const temporal = {
 *   Context: { current: () => context },
 *   asyncLocalStorage: { run: <Value>(_: unknown, run: () => Value) => run() },
 *   ApplicationFailure: { fromError: (_: unknown, decided: object) => Object.assign(new Error("lost"), decided) },
 *   CancelledFailure: RangeError,
 *   CompleteAsyncError: RangeError,
 * };
 * const charge = activityUnder(temporal, lifetimeCap({ restarts: 3 }), () => Promise.reject(new Error("lost")));
 * await charge().catch(({ nextRetryDelay }) => nextRetryDelay); // => 0
 * told; // => [{ steadfast: { attempt: 1, state: { restarts: 1 } } }]
 */
export function activityUnder<Args extends readonly unknown[], Value>(
  temporal: TemporalSdk,
  policy: BridgePolicy,
  activity: (...args: Args) => Value | PromiseLike<Value>,
  options: BridgeOptions = {},
): (...args: Args) => Promise<Value> {
  readArguments("activityUnder", arguments, 4);
  const lacks = PARTS.find((name) => temporal?.[name] === undefined);
  if (lacks) {
    const module = "that of the module @temporalio/activity";
    throw new PolicyOptionsError("activityUnder", `temporal.${lacks}`, module, undefined);
  }
  const bridge = attempts("activityUnder", policy, options);
  readFunction("activityUnder", "activity", activity);

  return async (...args) => {
    const context = temporal.Context.current();
    const { attempt, heartbeatDetails, isLocal } = context.info;
    if (isLocal) {
      throw new PolicyOptionsError("activityUnder", "isLocal", "false: it has a heartbeat", true);
    }
    let kept = keptIn(heartbeatDetails);
    const startedAt = bridge.now();
    const tell = (news: Kept) => {
      kept = { ...kept, ...news };
      context.heartbeat(kept);
    };
    if (kept.steadfast) tell({});
    try {
      const inner = innerContext(context, kept.own, (own) => tell({ own }));
      return await temporal.asyncLocalStorage.run(inner as never, () => activity(...args));
    } catch (error) {
      if (isDecided(temporal, context, error)) throw error;
      let state = kept.steadfast?.state;
      const told = Math.max(0, Number(kept.steadfast?.attempt ?? 0));
      for (let ended = told; ended < attempt - 1; ended++) {
        state = bridge.after(state, { kind: "lost" }, startedAt).state;
      }
      const verdict = bridge.after(state, { kind: "failed", error }, startedAt);
      tell({ steadfast: { attempt, state: verdict.state } });
      const { delayMs } = verdict;
      const decided =
        delayMs === null
          ? { nonRetryable: true }
          : { nonRetryable: false, nextRetryDelay: Math.min(Math.ceil(delayMs), LONGEST_MS) };
      throw temporal.ApplicationFailure.fromError(error, decided);
    }
  };
}

/** Ours, or the activity's own details from before it was put under a policy. */
function keptIn(details: unknown): Kept {
  if (details === undefined || details === null) return {};
  const keys = Object.keys(details);
  const areOurs = keys.length > 0 && keys.every((key) => key === "steadfast" || key === "own");
  return areOurs && typeof details === "object" ? details : { own: details };
}

/** What the activity sees: its own details, told beside ours. */
function innerContext(context: TemporalContext, own: unknown, tell: (own: unknown) => void) {
  return Object.create(context, {
    info: { value: { ...context.info, heartbeatDetails: own } },
    heartbeat: { value: tell },
  }) as TemporalContext;
}

/** Whether an attempt said itself what follows: it is cancelled, completed by somebody else, or not to be retried. */
function isDecided(
  { CancelledFailure, CompleteAsyncError }: TemporalSdk,
  { cancellationSignal }: TemporalContext,
  error: unknown,
): boolean {
  if (error instanceof CancelledFailure || error instanceof CompleteAsyncError) return true;
  const { name, nonRetryable } = (error ?? {}) as { name?: unknown; nonRetryable?: unknown };
  return nonRetryable === true || (name === "AbortError" && cancellationSignal.aborted);
}
