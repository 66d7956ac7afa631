// What was put in and not yet heard, in order: also if a listener puts something in while it is called.

import { ignoreRejection } from "@steadfast/policy";

/** Between the code that puts things in and the one listener. */
export interface Mailbox<Item> {
  /** False if it is not taken: it is closed, or full. */
  put(item: Item): boolean;
  /** Tells the listener what waits, and from now on everything at once. It replaces the one before. */
  listen(listener: (item: Item) => unknown): void;
  /** For good: forgets the listener and what waits. */
  close(): void;
}

/** An empty mailbox. At most `limit` items wait; one more is not taken, so that none is lost in silence. */
export const mailbox = <Item>(limit: number): Mailbox<Item> => new Box<Item>(limit);

class Box<Item> implements Mailbox<Item> {
  readonly #limit: number;
  #listener: ((item: Item) => unknown) | null = null;
  #waiting: Item[] | null = null;
  #isOpen = true;
  #isTelling = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  put(item: Item): boolean {
    if (!this.#isOpen) return false;
    this.#waiting ??= [];
    if (this.#waiting.length >= this.#limit) return false;
    this.#waiting.push(item);
    this.#tell();
    return true;
  }

  listen(next: (item: Item) => unknown): void {
    if (!this.#isOpen) return;
    this.#listener = next;
    this.#tell();
  }

  close(): void {
    this.#isOpen = false;
    this.#listener = null;
    this.#waiting = null;
  }

  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      while (this.#listener && this.#waiting?.length) {
        const tell = this.#listener;
        const heard = tell(this.#waiting.shift() as Item);
        if (heard) ignoreRejection(heard); // it may be async, and reject
      }
    } finally {
      this.#isTelling = false;
    }
  }
}
