// Who hears the events: listeners, called in order after each turn of a driver, and bounded streams.
//
// A stream that is opened in the turn in which the supervision began has the events of that turn, too:
// `for await (const event of supervise(...).events())` begins with the first.

import { captureContext, inContext } from "./async-context.js";
import { publish } from "./diagnostics.js";
import { type EventStream, eventStream } from "./event-stream.js";
import type { SupervisorEvent } from "./events.js";
import { guarded } from "./guarded.js";

/**
 * Hears events. One that throws, or returns a promise that rejects, is removed.
 * @since 0.1.0
 */
export type EventListener = (event: SupervisorEvent) => void;

/** One listener; the same function added twice is two of them. */
interface Ear {
  readonly hear: EventListener;
  readonly fails: (error: unknown) => void;
}

type Told = SupervisorEvent | (() => void);

export class EventHub {
  #ears: readonly Ear[] = [];
  readonly #told: Told[] = [];
  /** The events of the turn in which the supervision began. */
  #early: SupervisorEvent[] | null = [];
  #isBusy = false;
  #isOver = false;

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  /** Whether anybody listens. */
  get isHeard(): boolean {
    return this.#ears.length > 0 || this.#early !== null;
  }

  /** The first turn is over: what comes late has missed it. */
  forgetFirst(): void {
    this.#early = null;
  }

  /** It is over: a listener that comes now hears nothing. */
  close(): void {
    this.#isOver = true;
    this.#ears = [];
  }

  /** Adds a listener; it is called in the async context in which it was added. */
  add(listener: EventListener): () => void {
    const context = captureContext();
    return this.#listen((event) => inContext(context, listener, event));
  }

  stream(capacity: number): EventStream {
    let remove = (): void => {};
    const stream = eventStream(capacity, () => remove());
    for (const event of this.#early ?? []) stream.push(event);
    remove = this.#listen(stream.push);
    if (this.#isOver) stream.close();
    return stream;
  }

  /** Puts an event, or what is to be run when it is its turn among them, last. It must not throw. */
  push(told: Told): void {
    if (!this.#isOver) this.#told.push(told);
  }

  /** Delivers what has been pushed. What is pushed meanwhile is delivered after it, in order. */
  flush(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let i = 0; i < this.#told.length; i++) {
      const told = this.#told[i] as Told;
      if (typeof told !== "function") this.#tell(told);
      else if (!this.#isOver) told();
    }
    this.#told.length = 0;
    this.#isBusy = false;
  }

  #listen(hear: EventListener): () => void {
    const fails = (error: unknown) => {
      if (this.#remove(ear)) this.onListenerError(error);
    };
    const ear: Ear = { hear, fails };
    if (!this.#isOver) this.#ears = [...this.#ears, ear];
    return () => void this.#remove(ear);
  }

  #remove(ear: Ear): boolean {
    const isThere = this.#ears.includes(ear);
    if (isThere) this.#ears = this.#ears.filter((one) => one !== ear);
    return isThere;
  }

  #tell(event: SupervisorEvent): void {
    this.#early?.push(event);
    // A listener that is added meanwhile hears the next event first.
    for (const ear of this.#ears) {
      if (this.#ears.includes(ear)) guarded(ear.hear, ear.fails, event);
    }
    publish(event);
    if (event.type === "ended") this.close();
  }
}
