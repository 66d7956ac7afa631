// A host's side of `policyObject`: questions over Restate's own HTTP. A question has a name of its own, by which
// Restate knows it again, so that one whose answer was lost is asked again and costs nothing.

import {
  type AskSignal,
  exitRecord,
  PolicyOptionsError,
  type RemotePolicy,
  type RestartDecision,
  type RestartEvent,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { pause } from "../pause.js";

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
  for (const [name, value] of [["object", object] as const, ["key", key] as const]) {
    if (typeof value === "string" && value !== "") continue;
    throw new PolicyOptionsError(OWNER, name, "a text that is not empty", value);
  }
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
  const path = [object, key, "ask"].map(encodeURIComponent).join("/");
  const place = `${url.replace(/\/+$/, "")}/${path}`;

  async function ask(events: readonly RestartEvent[], signal: AskSignal): Promise<RestartDecision> {
    const request = {
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify(events.map(recorded)),
      signal,
    };
    for (;;) {
      const { status, text, error } = await answered(place, request);
      if (status === 200) return JSON.parse(text) as RestartDecision;
      signal.throwIfAborted();
      if (status !== null && !isPassing(status)) throw error;
      // Neither what it throws nor what it rejects with is anybody's.
      (async () => onError?.(error))().catch(() => {});
      await pause(retryAfterMs, signal);
    }
  }
  const description = { kind: "restatePolicy", options: { object, key }, timesMs: [] };
  return { name: `restatePolicy(${object}/${key})`, describe: description, ask };
}

/** What became of one request: no status where there was no answer. */
async function answered(place: string, request: RequestInit) {
  try {
    const response = await fetch(place, request);
    const text = await response.text();
    const { status } = response;
    return { status, text, error: new Error(`Restate answered ${status}: ${text}`) };
  } catch (error) {
    return { status: null, text: "", error };
  }
}

/** Whether the same request may be answered later. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408;

/** An event as JSON can hold it. */
function recorded(event: RestartEvent): object {
  return event.type === "exited" ? { ...event, exit: exitRecord(event.exit) } : event;
}
