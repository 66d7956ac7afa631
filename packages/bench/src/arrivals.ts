// Counts launches, and says when there were so many.

export class Arrivals {
  count = 0;
  #waiting: { readonly count: number; readonly resolve: () => void } | null = null;

  readonly launched = (): void => {
    this.count++;
    if (this.#waiting === null || this.count < this.#waiting.count) return;
    const { resolve } = this.#waiting;
    this.#waiting = null;
    resolve();
  };

  /** One at a time may wait. */
  reached(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.count >= count) resolve();
      else this.#waiting = { count, resolve };
    });
  }
}
