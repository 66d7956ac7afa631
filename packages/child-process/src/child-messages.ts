// What a forked child hears: messages and requests, over its IPC channel. Two copies of this module in one
// process share one ear: a request is answered once.

import { PolicyOptionsError } from "@steadfast/policy";
import { type Answerer, answerer, type RequestHandler } from "@steadfast/supervisor/answering";
import { beginning } from "./standby-words.js";

type Listener = (message: unknown) => void;

/** What one process hears with. */
interface Ear {
  readonly listeners: Set<Listener>;
  readonly answerer: Answerer;
}

const KEY = Symbol.for("@steadfast/child-process/ear");

function ear(): Ear {
  const shared = globalThis as { [KEY]?: Ear };
  shared[KEY] ??= newEar();
  return shared[KEY];
}

function newEar(): Ear {
  const listeners = new Set<Listener>();
  const own = answerer((word) => {
    // With the serialization `json` what cannot be sent throws here.
    if (process.connected) process.send?.(word, undefined, undefined, () => {});
  });
  if (process.connected) {
    process.on("message", (message: unknown) => {
      if (own.hear(message) || beginning(message)) return;
      const now = Array.from(listeners); // one that comes meanwhile hears the next
      for (const listener of now) listener(message);
    });
  }
  return { listeners, answerer: own };
}

/**
 * Calls the listener with every message that the supervisor sends (`handle.send`). Returns what removes it.
 *
 * Requests never come here. Keeps the process alive while its channel is open. In a process without one it is never
 * called. Errors: `PolicyOptionsError` for what is no function; what the listener throws is an uncaught error of the process.
 *
 * @since 0.1.0
 * @example
 * onMessage((message) => console.log("heard", message));
 */
export function onMessage<Message = unknown>(listener: (message: Message) => void): () => void {
  checkFunction("onMessage", "listener", listener);
  const { listeners } = ear();
  const given: Listener = (message) => listener(message as Message);
  listeners.add(given);
  return () => void listeners.delete(given);
}

/**
 * Answers the requests of the supervisor (`handle.request`). Returns what removes the handler.
 *
 * There is one handler: a later one replaces it. The answer is what it returns, or what that promises; what it throws or
 * rejects with is what the request rejects with. `info.signal` fires when the answer is not wanted any more. A request without a
 * handler rejects with `ERR_NO_REQUEST_HANDLER`. Keeps the process alive while its channel is open. In a process without
 * one it is never called. Errors: `PolicyOptionsError` for what is no function.
 *
 * @since 0.1.0
 * @example
 * onRequest(({ a, b }: { a: number; b: number }) => a + b);
 */
export function onRequest<Request, Answer>(handler: RequestHandler<Request, Answer>): () => void {
  checkFunction("onRequest", "handler", handler);
  const { answerer: own } = ear();
  const given = handler as RequestHandler;
  own.handler = given;
  return () => {
    if (own.handler === given) own.handler = null;
  };
}

function checkFunction(owner: string, name: string, given: unknown): void {
  if (typeof given !== "function") throw new PolicyOptionsError(owner, name, "a function", given);
}
