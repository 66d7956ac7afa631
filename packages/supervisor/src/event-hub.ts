// Who hears the events: listeners, called in order after each turn of the loop, and bounded streams.

import { captureContext } from "./async-context.js";
import { EventStream } from "./event-stream.js";
import type { SupervisorEvent } from "./events.js";
import { guarded } from "./guarded.js";

/**
 * Hears events. One that throws, or returns a promise that rejects, is removed.
 * @since 0.1.0
 */
export type EventListener = (event: SupervisorEvent) => void;

/** Hands events out, in order, until `ended`. A listener that throws or rejects is removed. */
export class EventHub {
  readonly #listeners = new Set<EventListener>();
  readonly #queue: (() => void)[] = [];
  readonly #onListenerError: (error: unknown) => void;
  #flushing = false;
  #closed = false;

  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError;
  }

  /** Adds a listener; it is called in the async context in which it was added. */
  add(listener: EventListener): () => void {
    const inContext = captureContext();
    return this.#listen((event) => inContext(() => listener(event)));
  }

  stream(capacity: number): EventStream {
    const stream = new EventStream(capacity, () => remove());
    const remove = this.#listen((event) => stream.push(event));
    if (this.#closed) stream.close();
    return stream;
  }

  push(event: SupervisorEvent): void {
    this.later(() => this.#tell(event));
  }

  /** Runs something when it is its turn among the events. It must not throw. */
  later(run: () => void): void {
    if (!this.#closed) this.#queue.push(run);
  }

  /** Delivers what has been pushed. Events pushed meanwhile are delivered after it, in order. */
  flush(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next();
    this.#flushing = false;
  }

  #listen(heard: EventListener): () => void {
    // A fresh function each time: the same listener added twice is called twice, removed one by one.
    if (!this.#closed) this.#listeners.add(heard);
    return () => {
      this.#listeners.delete(heard);
    };
  }

  #tell(event: SupervisorEvent): void {
    // A copy: a listener added meanwhile hears the next event first.
    for (const listener of Array.from(this.#listeners)) {
      if (!this.#listeners.has(listener)) continue;
      guarded(
        () => listener(event),
        (error) => {
          if (this.#listeners.delete(listener)) this.#onListenerError(error);
        },
      );
    }
    if (event.type === "ended") this.#close();
  }

  #close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#queue.length = 0;
  }
}
