// A run of Restate under a policy. Each attempt is a run of its own, whose outcome is in the journal: the policy is stepped
// on outcomes, so that whichever machine goes on comes to the same state by replaying them.

import {
  type ErrorRecord,
  errorRecord,
  PolicyOptionsError,
  readArguments,
} from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "../attempts.js";
import { readFunction } from "../doors.js";
import { readName } from "./read-name.js";
import type { RestateRunContext, RestateSdk } from "./sdk.js";

/** What the journal has of an attempt. */
interface Outcome<Value> {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly value?: Value;
  readonly error?: ErrorRecord;
  /** Whether it said itself that it is final. */
  readonly terminal?: boolean;
}

/** The longest wait, about 139 years. */
const LONGEST_MS = 2 ** 42;

/**
 * Does something in a handler of Restate, again and again as a policy says: `await runUnder(restate, ctx, policy, "charge",
 * () => charge(order))`, where `restate` is the module `@restatedev/restate-sdk`.
 *
 * Decides: after each failure the policy. Its delay runs from the failure and is slept durably; a refusal for good, and a
 * `TerminalError` of the action, end the invocation with a `TerminalError` that has the attempt's message. The state is
 * nowhere but in the journal's outcomes, and survives worker and server. Units: milliseconds; a delay is rounded up. Edge:
 * an attempt whose worker died is done again by Restate, and is no exit; a policy's predicate sees an error made of its record
 * (`errorRecord`). Chance is `ctx.rand`; a
 * `random` of your own answers the same when it is replayed. Effect: one run per attempt, and sleeps. Errors: `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const context = {
 *   rand: { random: () => 0.5 },
 *   run: async <Value>(_: string, action: () => Promise<Value>) => action(),
 *   sleep: async () => {},
 * };
 * let calls = 0;
 * const price = () => (++calls < 3 ? Promise.reject(new Error("no connection")) : Promise.resolve(3));
 * const restate = { object: () => ({ name: "none" }), TerminalError: RangeError };
 * await runUnder(restate, context, lifetimeCap({ restarts: 2 }), "price", price); // => 3
 */
export async function runUnder<Value>(
  restate: RestateSdk,
  context: RestateRunContext,
  policy: BridgePolicy,
  name: string,
  action: () => Value | PromiseLike<Value>,
  options: BridgeOptions = {},
): Promise<Value> {
  readArguments("runUnder", arguments, 6);
  const { TerminalError } = restate ?? {};
  if (typeof TerminalError !== "function") {
    const module = "a class: restate is the module @restatedev/restate-sdk";
    throw new PolicyOptionsError("runUnder", "restate.TerminalError", module, TerminalError);
  }
  const now = attempts("runUnder", policy, options).now;
  readFunction("runUnder", "context.run", context?.run);
  readName("runUnder", "name", name);
  readFunction("runUnder", "action", action);
  let at = 0;
  const random = options.random ?? (() => context.rand.random());
  const bridge = attempts("runUnder", policy, { ...options, clock: () => at, random });

  async function attempt(): Promise<Outcome<Value>> {
    const startedAt = now();
    try {
      const value = await action();
      return { startedAt, endedAt: now(), value };
    } catch (thrown) {
      const error = errorRecord(thrown);
      return { startedAt, endedAt: now(), error, terminal: thrown instanceof TerminalError };
    }
  }

  let state: unknown;
  for (;;) {
    const { startedAt, endedAt, error, value, terminal } = await context.run(name, attempt);
    if (error === undefined) return value as Value;
    at = endedAt;
    const failure = Object.assign(new Error(error.message), error);
    const verdict = bridge.after(state, { kind: "failed", error: failure }, startedAt);
    if (terminal || verdict.delayMs === null) {
      const { code } = error;
      const errorCode = terminal && typeof code === "number" ? code : 500;
      throw new TerminalError(error.message, { errorCode });
    }
    state = verdict.state;
    await context.sleep(Math.min(Math.ceil(verdict.delayMs), LONGEST_MS));
  }
}
