// A host's side of `policyObject`: questions over Restate's own HTTP. A question has a name of its own, by which
// Restate knows it again, so that one whose answer was lost is asked again and costs nothing.

import {
  type AskSignal,
  PolicyOptionsError,
  type RemotePolicy,
  type RestartDecision,
  type RestartEvent,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { pause } from "../pause.js";
import { answered, placeOf, question } from "./ingress.js";
import { readName } from "./read-name.js";

const OWNER = "restatePolicy";

/**
 * How a host asks the virtual object of a policy.
 * @since 0.1.0
 */
export interface RestatePolicyOptions {
  /** Headers of each request, such as an authorization. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long until a request that failed is made again: whole milliseconds, at least 1. Default 1 000. */
  readonly retryAfterMs?: number;
  /** Gets what each failed request failed with. Default: nobody does. */
  readonly onError?: (error: unknown) => void;
}

/**
 * A policy whose state is in a virtual object of Restate: one budget for many machines, for `supervise`.
 *
 * Decides: what the object's policy decides. A request that fails, or is answered with 408, 429 or from 500 on, is made again after
 * `retryAfterMs` until it is answered: nothing is launched meanwhile, a stop interrupts it, and no answer that was lost
 * costs the budget a launch. Units: milliseconds. Range: `url` is that of Restate's ingress. Edge: any other status, such as 404 for
 * an object that is not registered, is an error. Effect: one request for each question. Errors: `PolicyOptionsError` for a bad argument;
 * `ask` rejects with an Error that has the answer, and with the signal's reason.
 *
 * @since 0.1.0
 * @example
 * const policy = restatePolicy("http://127.0.0.1:8080", "budget", "imports");
 * policy.name; // => "restatePolicy(budget/imports)"
 */
export function restatePolicy(
  url: string,
  object: string,
  key: string,
  options: RestatePolicyOptions = {},
): RemotePolicy {
  readArguments(OWNER, arguments, 4);
  if (!/^https?:\/\/./.test(String(url))) {
    throw new PolicyOptionsError(OWNER, "url", "that of Restate's ingress, with http:", url);
  }
  readName(OWNER, "object", object);
  readName(OWNER, "key", key);
  const read = readOptions(OWNER, options);
  const retryAfterMs = read.whole("retryAfterMs", { min: 1, default: 1_000 });
  const isHeaders = (value: unknown) => typeof value === "object" && value !== null;
  const headers = read.checked("headers", "an object", isHeaders, {});
  const isFunction = (value: unknown) => typeof value === "function";
  const onError = read.checked<RestatePolicyOptions["onError"] | null>(
    "onError",
    "a function",
    isFunction,
    null,
  );
  read.end();
  const place = placeOf(url, object, key);

  async function ask(events: readonly RestartEvent[], signal: AskSignal): Promise<RestartDecision> {
    const request = { ...question(events, headers), signal };
    for (;;) {
      const { status, text, error, isFinal } = await answered(place, request);
      if (status === 200) return JSON.parse(text) as RestartDecision;
      signal.throwIfAborted();
      if (isFinal) throw error;
      // Neither what it throws nor what it rejects with is anybody's.
      (async () => onError?.(error))().catch(() => {});
      await pause(retryAfterMs, signal);
    }
  }
  const description = { kind: "restatePolicy", options: { object, key }, timesMs: [] };
  return { name: `restatePolicy(${object}/${key})`, describe: description, ask };
}
