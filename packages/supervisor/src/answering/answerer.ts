// The child's side of requests: a handler, and the answers to what it is asked. However the words travel.
//
// - What a handler throws or rejects with is the answer, as a bounded copy; so is a value that cannot be sent.
// - A request that comes before the handler is answered with an error: nobody may wait for an answer that never comes.
// - Nobody can know of a request or an answer that cannot be read which one that was: the supervisor asks about all that it
//   waits for, and those that are not being worked at (any more) are answered, with an error.
// - A request that is withdrawn aborts the handler's signal; its answer is empty, and says only that the handler is done.

import { type AnswerWord, wordOf } from "./request-words.js";
import { type Note, thrownNote } from "./thrown-note.js";

/**
 * What a handler gets besides the request.
 * @since 0.1.0
 */
export interface RequestInfo {
  /** Fires when the answer is not wanted any more: withdrawn, or out of time. */
  readonly signal: AbortSignal;
}

/**
 * Answers requests: with a value, a promise of one, or by throwing.
 * @since 0.1.0
 */
export type RequestHandler<Request = never, Answer = unknown> = (
  request: Request,
  info: RequestInfo,
) => Answer | PromiseLike<Answer>;

/**
 * Sends a word, and hands over what is in the list. Throws what cannot be sent.
 * @since 0.1.0
 */
export type PostAnswer = (word: AnswerWord, transferList: readonly unknown[]) => void;

const MOVED = Symbol.for("steadfast:moved");

/**
 * An answer of which parts are handed over instead of copied: what `moved` made.
 * @since 0.1.0
 */
export interface Moved<Value> {
  /** The answer. */
  readonly value: Value;
}

/**
 * An answer with what is to be handed over instead of copied, such as the buffer of an array in it. Pure.
 *
 * @since 0.1.0
 * @example
 * const pixels = new Uint8Array(4);
 * moved(pixels, [pixels.buffer]).value.length; // => 4
 */
export function moved<Value>(value: Value, transferList: readonly unknown[]): Moved<Value> {
  return { [MOVED]: transferList, value } as Moved<Value>;
}

/**
 * The child's side of one channel.
 * @since 0.1.0
 */
export interface Answerer {
  /** What answers; null: requests are answered with `ERR_NO_REQUEST_HANDLER`. */
  handler: RequestHandler | null;
  /** Called when the last request that was being worked at is answered. */
  onIdle: (() => void) | null;
  /** How many requests are being worked at. */
  readonly running: number;
  /** Takes a message that is a word for it; false for any other. */
  hear(message: unknown): boolean;
}

/**
 * Answers the requests that come over some channel: each exactly once, and one that was withdrawn with an empty answer.
 *
 * Give every message to `hear`; it answers false for those that are no request. Effect: calls `post` with the answers.
 * Errors: none; what a handler throws, and what cannot be sent, is the answer.
 *
 * @since 0.1.0
 * @example
 * const answered: unknown[] = [];
 * const own = answerer((word) => void answered.push(word));
 * own.handler = (n: number) => n + 1;
 * own.hear({ steadfast: "request", id: 1, message: 2 });
 * answered; // => [{ steadfast: "answer", id: 1, value: 3 }]
 */
export function answerer(post: PostAnswer): Answerer {
  return new Channel(post);
}

class Channel implements Answerer {
  handler: RequestHandler | null = null;
  onIdle: (() => void) | null = null;
  readonly #running = new Map<number, Info>();

  constructor(private readonly post: PostAnswer) {}

  get running(): number {
    return this.#running.size;
  }

  hear(message: unknown): boolean {
    const word = wordOf(message);
    if (!word) return false;
    if (word.steadfast === "request") this.#ask(word.id, word.message as never);
    else if (word.steadfast === "unask") this.#running.get(word.id)?.abort();
    else if (!this.#running.has(word.id)) this.#threw(word.id, UNREADABLE[word.lost]);
    return true;
  }

  #ask(id: number, message: never): void {
    const info = new Info();
    this.#running.set(id, info);
    try {
      const { handler } = this;
      if (!handler) return this.#threw(id, NO_HANDLER);
      const answer = handler(message, info);
      if (isThenable(answer)) {
        // Whatever the thenable does, the first that it says counts, and only that.
        Promise.resolve(answer).then(
          (value) => this.#answer(id, value),
          (error: unknown) => this.#threw(id, error),
        );
      } else this.#answer(id, answer);
    } catch (error) {
      this.#threw(id, error);
    }
  }

  #answer(id: number, value: unknown): void {
    try {
      const list = listOf(value);
      if (list) this.#send(id, { value: (value as Moved<unknown>).value }, list);
      else this.#send(id, { value }, NOTHING);
    } catch (error) {
      this.#threw(id, error);
    }
  }

  #threw(id: number, error: unknown): void {
    try {
      this.#send(id, { thrown: thrownNote(error) }, NOTHING);
    } catch {
      // The channel is gone: nobody waits.
    }
    this.#done(id);
  }

  #send(
    id: number,
    what: { readonly value: unknown } | { readonly thrown: Note },
    transferList: readonly unknown[],
  ): void {
    if (!this.#running.get(id)?.isWithdrawn) {
      this.post({ steadfast: "answer", id, ...what }, transferList);
    } else this.post({ steadfast: "answer", id, value: undefined }, NOTHING);
    this.#done(id);
  }

  #done(id: number): void {
    if (this.#running.delete(id) && this.#running.size === 0) this.onIdle?.();
  }
}

const NOTHING: readonly unknown[] = [];

/** Its signal is made when it is first looked at. */
class Info implements RequestInfo {
  #controller: AbortController | null = null;
  isWithdrawn = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.isWithdrawn) this.#controller.abort();
    return this.#controller.signal;
  }

  abort(): void {
    this.isWithdrawn = true;
    this.#controller?.abort();
  }
}

function listOf(value: unknown): readonly unknown[] | null {
  if (typeof value !== "object" || value === null) return null;
  return (value as { readonly [MOVED]?: readonly unknown[] })[MOVED] ?? null;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}

/** As what a handler threw. */
const NO_HANDLER = {
  code: "ERR_NO_REQUEST_HANDLER",
  message: "the child has no handler for requests",
};
const UNREADABLE = {
  answer: {
    code: "ERR_UNREADABLE_ANSWER",
    message: "the answer cannot be read on this side",
  },
  request: { code: "ERR_UNREADABLE_REQUEST", message: "the child cannot read the request" },
};
