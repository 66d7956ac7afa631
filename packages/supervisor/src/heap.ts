/** A binary heap with the smallest item on top; equal items leave in the order they came. */
export class Heap<Item> {
  readonly #compare: (one: Item, other: Item) => number;
  #slots: { readonly item: Item; readonly turn: number }[] = [];
  #turns = 0;

  constructor(compare: (one: Item, other: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#slots.length;
  }

  peek(): Item | undefined {
    return this.#slots[0]?.item;
  }

  push(item: Item): void {
    this.#slots.push({ item, turn: this.#turns++ });
    this.#rise(this.#slots.length - 1);
  }

  pop(): Item | undefined {
    const top = this.#slots[0];
    const last = this.#slots.pop();
    if (top && last && top !== last) {
      this.#slots[0] = last;
      this.#sink(0);
    }
    return top?.item;
  }

  /** Drops every item that does not pass. */
  keep(passes: (item: Item) => boolean): void {
    this.#slots = this.#slots.filter(({ item }) => passes(item));
    for (let i = (this.#slots.length >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  #before(i: number, j: number): boolean {
    const one = this.#slots[i];
    const other = this.#slots[j];
    if (!one || !other) return one !== undefined;
    const order = this.#compare(one.item, other.item);
    return order === 0 ? one.turn < other.turn : order < 0;
  }

  #swap(i: number, j: number): void {
    const one = this.#slots[i];
    const other = this.#slots[j];
    if (!one || !other) return;
    this.#slots[i] = other;
    this.#slots[j] = one;
  }

  #rise(from: number): void {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #sink(from: number): void {
    for (let i = from; ; ) {
      let least = 2 * i + 1;
      if (this.#before(least + 1, least)) least++;
      if (least >= this.#slots.length || !this.#before(least, i)) return;
      this.#swap(i, least);
      i = least;
    }
  }
}
