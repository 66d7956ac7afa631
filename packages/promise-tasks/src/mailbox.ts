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
export function mailbox<Item>(limit: number): Mailbox<Item> {
  let listener: ((item: Item) => void) | null = null;
  let waiting: Item[] = [];
  let open = true;
  let telling = false;

  function tell(): void {
    if (telling) return;
    telling = true;
    try {
      while (listener && waiting.length > 0) listener(waiting.shift() as Item);
    } finally {
      telling = false;
    }
  }

  return {
    put(item) {
      if (!open) return;
      waiting.push(item);
      if (waiting.length > limit) waiting.shift();
      tell();
    },
    listen(next) {
      if (!open) return;
      listener = next;
      tell();
    },
    close() {
      open = false;
      listener = null;
      waiting = [];
    },
  };
}
