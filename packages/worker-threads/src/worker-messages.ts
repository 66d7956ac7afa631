// What a worker hears: messages and requests, on its own `parentPort`.
//
// - Two copies of this module in one worker share one ear: a request is answered once.
// - A worker that listens here listens for a stop, too. What was sent before the stop is heard first; once the
//   requests in hand are answered, the ear is closed, so that the worker can end by itself.

import { parentPort, receiveMessageOnPort, type Transferable } from "node:worker_threads";
import { answerer, type RequestHandler } from "@steadfast/supervisor/answering";
import { tellUnread } from "./unread.js";
import { onStop } from "./worker-stop.js";

type Listener = (message: unknown) => void;

/** What one worker hears with. */
class Ear {
  readonly listeners = new Set<Listener>();
  readonly answerer = answerer((word, list) =>
    parentPort?.postMessage(word, list as Transferable[]),
  );
  #isAsked = false;
  #isOpen = false;

  open(): void {
    if (this.#isOpen || this.#isAsked) return;
    this.#isOpen = true;
    parentPort?.on("message", this.#hear);
    tellUnread();
    this.answerer.onIdle = () => this.#closeIfDone();
    onStop(() => {
      this.#hearRest();
      this.#isAsked = true;
      this.#closeIfDone();
    });
  }

  readonly #hear = (message: unknown): void => {
    if (this.answerer.hear(message)) return;
    const now = Array.from(this.listeners); // one that comes meanwhile hears the next
    for (const listener of now) listener(message);
  };

  /** The stop comes on a port of its own: what was sent before it may still stand in this one. */
  #hearRest(): void {
    if (!parentPort) return;
    for (let rest = receiveMessageOnPort(parentPort); rest; ) {
      parentPort.emit("message", rest.message);
      rest = receiveMessageOnPort(parentPort);
    }
  }

  #closeIfDone(): void {
    if (this.#isAsked && this.answerer.running === 0) parentPort?.off("message", this.#hear);
  }
}

const KEY = Symbol.for("@steadfast/worker-threads/ear");

function ear(): Ear {
  const shared = globalThis as { [KEY]?: Ear };
  shared[KEY] ??= new Ear();
  return shared[KEY];
}

/**
 * Calls the listener with every message that the supervisor sends (`handle.send`). Returns what removes it.
 *
 * Keeps the worker alive until it is asked to stop. What was sent before the first listener is heard by it; requests
 * never come here. In a program that is no worker it is never called. Errors: what the listener throws is an
 * uncaught error of the worker.
 *
 * @since 0.1.0
 * @example
 * onMessage((message) => console.log("heard", message));
 */
export function onMessage<Message = unknown>(listener: (message: Message) => void): () => void {
  const { listeners } = ear();
  const given: Listener = (message) => listener(message as Message);
  listeners.add(given);
  ear().open();
  return () => void listeners.delete(given);
}

/**
 * Answers the requests of the supervisor (`handle.request`). Returns what removes the handler.
 *
 * There is one handler: a later one replaces it. The answer is what it returns, or what that promises; what it throws or
 * rejects with is what the request rejects with. `info.signal` fires when the answer is not wanted any more. A value
 * that is `moved(value, transferList)` is handed over instead of copied. Keeps the worker alive until it is asked to
 * stop; then the requests in hand are still answered. A request without a handler rejects with
 * `ERR_NO_REQUEST_HANDLER`. In a program that is no worker it is never called. Errors: none.
 *
 * @since 0.1.0
 * @example
 * onRequest(({ a, b }: { a: number; b: number }) => a + b);
 */
export function onRequest<Request, Answer>(handler: RequestHandler<Request, Answer>): () => void {
  const { answerer } = ear();
  const given = handler as RequestHandler;
  answerer.handler = given;
  ear().open();
  return () => {
    if (answerer.handler === given) answerer.handler = null;
  };
}
