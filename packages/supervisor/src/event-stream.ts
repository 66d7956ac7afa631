import type { SupervisorEvent } from "./events.js";

/**
 * Events as an async iterable with a bounded buffer.
 *
 * When the reader is slower than the child, the oldest events are dropped, and a `lagged` event with
 * their number stands where they were. The stream ends after `ended`, or when the reader stops.
 */
export class EventStream implements AsyncIterableIterator<SupervisorEvent> {
  readonly #capacity: number;
  readonly #onClose: () => void;
  readonly #buffer: SupervisorEvent[] = [];
  readonly #readers: ((result: IteratorResult<SupervisorEvent>) => void)[] = [];
  #missed = 0;
  #closed = false;

  constructor(capacity: number, onClose: () => void) {
    this.#capacity = capacity;
    this.#onClose = onClose;
  }

  push(event: SupervisorEvent): void {
    const reader = this.#readers.shift();
    if (reader) reader({ done: false, value: event });
    else this.#buffer.push(event);
    if (this.#buffer.length > this.#capacity) {
      this.#buffer.shift();
      this.#missed++;
    }
    if (event.type === "ended") this.close();
  }

  /** No more events come; what is in the buffer can still be read. */
  close(): void {
    this.#closed = true;
    this.#onClose();
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<SupervisorEvent>> {
    const first = this.#buffer[0];
    if (first && this.#missed > 0) {
      const { id, at, attempt, generation } = first;
      const lagged = { type: "lagged", missed: this.#missed, id, at, attempt, generation } as const;
      this.#missed = 0;
      return Promise.resolve({ done: false, value: lagged });
    }
    if (first) {
      this.#buffer.shift();
      return Promise.resolve({ done: false, value: first });
    }
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  return(): Promise<IteratorResult<SupervisorEvent>> {
    this.close();
    this.#buffer.length = 0;
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
