// What was told, in order, and waiting for what has not been told yet. No clock, no polling.

interface Wish<Item> {
  readonly holds: (item: Item) => boolean;
  left: number;
  readonly grant: (item: Item) => void;
  readonly deny: (error: Error) => void;
}

export class Told<Item> {
  readonly items: Item[] = [];
  readonly #wishes = new Set<Wish<Item>>();
  #ended: string | null = null;

  add(item: Item): void {
    this.items.push(item);
    for (const wish of this.#wishes) {
      if (!wish.holds(item)) continue;
      wish.left -= 1;
      if (wish.left > 0) continue;
      this.#wishes.delete(wish);
      wish.grant(item);
    }
  }

  /** Nothing more will be told: who still waits is told why. */
  end(why: string): void {
    this.#ended = why;
    for (const wish of this.#wishes) wish.deny(new Error(why));
    this.#wishes.clear();
  }

  /** The n-th item that holds, counted from the first of all; waits for it. */
  async nth(n: number, holds: (item: Item) => boolean): Promise<Item> {
    const found = this.items.filter(holds);
    const item = found[n - 1];
    if (item !== undefined) return item;
    if (this.#ended !== null) throw new Error(this.#ended);
    return new Promise((grant, deny) => {
      this.#wishes.add({ holds, left: n - found.length, grant, deny });
    });
  }
}
