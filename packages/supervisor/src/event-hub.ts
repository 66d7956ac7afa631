// Who hears the events: listeners, called in order after each turn of the loop, and bounded streams.

import { captureContext } from "./async-context.js";
import { type EventStream, eventStream } from "./event-stream.js";
import type { SupervisorEvent } from "./events.js";
import { guarded } from "./guarded.js";
import { queue } from "./queue.js";

/**
 * Hears events. One that throws, or returns a promise that rejects, is removed.
 * @since 0.1.0
 */
export type EventListener = (event: SupervisorEvent) => void;

/** Hands events out, in order, until `ended`. A listener that throws or rejects is removed. */
export interface EventHub {
  /** Adds a listener; it is called in the async context in which it was added. */
  add(listener: EventListener): () => void;
  stream(capacity: number): EventStream;
  push(event: SupervisorEvent): void;
  /** Runs something when it is its turn among the events. It must not throw. */
  later(run: () => void): void;
  /** Delivers what has been pushed. Events pushed meanwhile are delivered after it, in order. */
  flush(): void;
}

export function eventHub(onListenerError: (error: unknown) => void): EventHub {
  const listeners = new Set<EventListener>();
  const events = queue();
  let isOver = false;

  function listen(heard: EventListener): () => void {
    if (!isOver) listeners.add(heard);
    return () => void listeners.delete(heard);
  }

  function tell(event: SupervisorEvent): void {
    // A copy: a listener added meanwhile hears the next event first.
    for (const listener of Array.from(listeners)) {
      if (!listeners.has(listener)) continue;
      guarded(
        () => listener(event),
        (error) => {
          if (listeners.delete(listener)) onListenerError(error);
        },
      );
    }
    if (event.type !== "ended") return;
    isOver = true;
    listeners.clear();
  }

  function later(run: () => void): void {
    events.add(() => isOver || run());
  }

  return {
    add(listener) {
      const inContext = captureContext();
      // A fresh function: the same listener added twice is called twice, removed one by one.
      return listen((event) => inContext(() => listener(event)));
    },
    stream(capacity) {
      const stream = eventStream(capacity, () => remove());
      const remove = listen(stream.push);
      if (isOver) stream.close();
      return stream;
    },
    push: (event) => later(() => tell(event)),
    later,
    flush: events.drain,
  };
}
