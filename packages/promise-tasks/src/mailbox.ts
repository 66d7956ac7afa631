// What was put in and not yet heard, in order: also if a listener puts something in while it is called.

/** Between the code that puts things in and the one listener. */
export interface Mailbox<Item> {
  put(item: Item): void;
  /** Tells the listener what waits, and from now on everything at once. It replaces the one before. */
  listen(listener: (item: Item) => void): void;
  /** For good: forgets the listener and what waits. */
  close(): void;
}

/** An empty mailbox. At most `limit` items wait; one more pushes out the oldest. */
export const mailbox = <Item>(limit: number): Mailbox<Item> => new Box<Item>(limit);

class Box<Item> implements Mailbox<Item> {
  readonly #limit: number;
  #listener: ((item: Item) => void) | null = null;
  #waiting: Item[] | null = null;
  #isOpen = true;
  #isTelling = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  put(item: Item): void {
    if (!this.#isOpen) return;
    this.#waiting ??= [];
    this.#waiting.push(item);
    if (this.#waiting.length > this.#limit) this.#waiting.shift();
    this.#tell();
  }

  listen(next: (item: Item) => void): void {
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
        tell(this.#waiting.shift() as Item);
      }
    } finally {
      this.#isTelling = false;
    }
  }
}
