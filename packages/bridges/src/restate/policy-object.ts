// A policy as a virtual object of Restate: one state per key, one question at a time, in Restate's own journal.
//
// - Time never goes below that of the last step that changed something: behind it, the policy's time stands still.
// - What cannot be answered is a terminal error: nothing is tried again, and the next question is not held up.

import {
  PolicyOptionsError,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  readArguments,
  readPolicy,
} from "@steadfast/policy";
import { readName } from "./read-name.js";
import type { RestateObjectContext, RestateSdk } from "./sdk.js";

const FACTS = ["exited", "healthy", "reset"];
/** Nothing in the state is wrong for being later: such an instant is a delay that was granted. */
const NOTHING_IS_LATER = Number.MAX_SAFE_INTEGER;

interface Saved {
  readonly at: number;
  readonly state: unknown;
}

/**
 * Makes a policy a virtual object of Restate: `restate.serve({ services: [policyObject(restate, "budget", policy)] })`.
 * Hosts ask it by `restatePolicy`; each key has a state of its own.
 *
 * Decides: what the policy decides, at Restate's clock, one question after the other. Its handler `ask` takes facts and a
 * request as a list and answers the last one. Units: milliseconds. Edge: the exit in a fact is its record (`exitRecord`), so
 * that a predicate sees no class; time never goes back. Effect: the state stands in the object, and survives whatever Restate
 * survives. Errors: `PolicyOptionsError` for a bad argument; `ask` fails for good, with status 400, for what is no list of events, and
 * for a state that something else wrote.
 *
 * @since 0.1.0
 * @example
 * let ask = async (_context: object, _events: object[]): Promise<unknown> => null;
 * const object = ({ name, handlers }: { name: string; handlers: { ask: typeof ask } }) => {
 *   ask = handlers.ask;
 *   return { name };
 * };
 * policyObject({ object, TerminalError: Error }, "budget", lifetimeCap({ restarts: 1 }));
 * const kept = new Map();
 * const context = {
 *   date: { now: async () => 1_000 },
 *   get: async (name: string) => kept.get(name) ?? null,
 *   set: (name: string, value: unknown) => kept.set(name, value),
 * };
 * const request = { type: "launch", cause: "restart", draw: 0, wall: 0 };
 * await ask(context, [request]); // => { type: "launch", delayMs: 0 }
 * await ask(context, [request]); // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 */
export function policyObject<Name extends string>(
  restate: RestateSdk,
  name: Name,
  policy: RestartPolicy,
): { readonly name: Name } {
  readArguments("policyObject", arguments, 3);
  if (typeof restate?.object !== "function") {
    const module = "a function: restate is the module @restatedev/restate-sdk";
    throw new PolicyOptionsError("policyObject", "restate.object", module, restate?.object);
  }
  readName("policyObject", "name", name);
  readPolicy("policyObject", "policy", policy);
  async function ask(context: RestateObjectContext, events: readonly RestartEvent[]) {
    const now = await context.date.now();
    const saved = (await context.get("policy")) as Saved | null;
    try {
      const at = Math.max(Math.floor(now), saved ? saved.at : Number.MIN_SAFE_INTEGER);
      const before = saved ? policy.parse(saved.state, NOTHING_IS_LATER) : policy.initial();
      const [state, decision] = stepped(policy, before, events, at);
      if (state !== before) context.set("policy", { at, state } satisfies Saved);
      return decision;
    } catch (error) {
      throw new restate.TerminalError(String(error), { errorCode: 400 });
    }
  }
  return restate.object({ name, handlers: { ask } } as never) as { readonly name: Name };
}

function stepped(
  policy: RestartPolicy,
  before: unknown,
  events: readonly RestartEvent[],
  at: number,
): readonly [unknown, RestartDecision] {
  if (!Array.isArray(events)) throw new TypeError("ask takes a list of events");
  let state = before;
  let decision: RestartDecision = { type: "noted" };
  for (const event of events as readonly RestartEvent[]) {
    if (event?.type !== "launch" && !FACTS.includes(event?.type)) {
      throw new TypeError("an event's type must be one of exited, healthy, reset, launch");
    }
    [state, decision] = policy.step(state, event, at);
  }
  return [state, decision];
}
