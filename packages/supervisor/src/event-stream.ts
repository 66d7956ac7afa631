import type { SupervisorEvent } from "./events.js";

/**
 * Events as an async iterable with a bounded buffer.
 *
 * When the reader is slower than the child, the oldest events are dropped, and a `lagged` event with
 * their number stands where they were. The stream ends after `ended`, or when the reader stops.
 */
export interface EventStream extends AsyncIterableIterator<SupervisorEvent> {
  push(event: SupervisorEvent): void;
  /** No more events come; what is in the buffer can still be read. */
  close(): void;
}

type Read = IteratorResult<SupervisorEvent>;

const DONE: Read = { done: true, value: undefined };

export function eventStream(capacity: number, onClose: () => void): EventStream {
  const buffer: SupervisorEvent[] = [];
  const readers: ((read: Read) => void)[] = [];
  let missed = 0;
  let isClosed = false;

  function close(): void {
    isClosed = true;
    onClose();
    for (const reader of readers.splice(0)) reader(DONE);
  }

  return {
    push(event) {
      const reader = readers.shift();
      if (reader) reader({ done: false, value: event });
      else buffer.push(event);
      if (buffer.length > capacity) {
        buffer.shift();
        missed++;
      }
      if (event.type === "ended") close();
    },
    close,
    async next() {
      let value = buffer[0];
      if (!value) return isClosed ? DONE : new Promise((resolve) => readers.push(resolve));
      if (missed > 0) {
        const { id, at, attempt, generation } = value;
        value = { type: "lagged", missed, id, at, attempt, generation };
        missed = 0;
      } else buffer.shift();
      return { done: false, value };
    },
    async return() {
      close();
      buffer.length = 0;
      return DONE;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
