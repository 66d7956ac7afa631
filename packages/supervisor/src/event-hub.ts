// Who hears the events: listeners, called in order after each turn of the loop, and bounded streams.

import { errorRecord } from "@steadfast/policy";
import { EventStream } from "./event-stream.js";
import type { SupervisorEvent } from "./events.js";

export type EventListener = (event: SupervisorEvent) => void;

/** Hands events out. A listener that throws is removed, and the others are told. */
export class EventHub {
  readonly #listeners = new Set<EventListener>();
  readonly #queue: SupervisorEvent[] = [];
  #flushing = false;
  #closed = false;

  add(listener: EventListener): () => void {
    if (this.#closed) return () => {};
    // A fresh function each time: the same listener added twice is called twice, removed one by one.
    const heard: EventListener = (event) => listener(event);
    this.#listeners.add(heard);
    return () => {
      this.#listeners.delete(heard);
    };
  }

  stream(capacity: number): EventStream {
    const stream = new EventStream(capacity, () => remove());
    const remove = this.add((event) => stream.push(event));
    if (this.#closed) stream.close();
    return stream;
  }

  push(event: SupervisorEvent): void {
    this.#queue.push(event);
  }

  /** Delivers what has been pushed. Events pushed meanwhile are delivered after it, in order. */
  flush(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    for (let event = this.#queue.shift(); event; event = this.#queue.shift()) {
      // A copy: a listener added meanwhile hears the next event first.
      const listeners = Array.from(this.#listeners);
      for (const listener of listeners) this.#deliver(listener, event);
      if (event.type === "ended") this.#close();
    }
    this.#flushing = false;
  }

  #deliver(listener: EventListener, event: SupervisorEvent): void {
    if (!this.#listeners.has(listener)) return;
    try {
      listener(event);
    } catch (error) {
      this.#listeners.delete(listener);
      const { id, at, attempt, generation } = event;
      const news = { type: "callback-failed", callback: "listener" } as const;
      this.push({ ...news, error: errorRecord(error), id, at, attempt, generation });
    }
  }

  #close(): void {
    this.#closed = true;
    this.#listeners.clear();
  }
}
