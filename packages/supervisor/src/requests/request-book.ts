// Which requests there are, and where each is: waiting, in order, or with one generation of the child. Nothing
// but bookkeeping: no clock, no port, no promise.
//
// - A request has one number for good, also when it is sent again.
// - Only the generation that it was given to can answer it, and only once.
// - When a generation ends, what it had is lost, or goes back to the front in its old order, one resend poorer.

/** One request, and what is to be settled with it. */
export interface Entry<Load> {
  readonly id: number;
  readonly load: Load;
  /** How often it may be sent again. */
  resends: number;
  /** Who has it; null while it waits. */
  generation: number | null;
}

export class RequestBook<Load> {
  #last = 0;
  #waiting = new Map<number, Entry<Load>>();
  readonly #given = new Map<number, Entry<Load>>();

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** How many are with a child. */
  get given(): number {
    return this.#given.size;
  }

  /** A new request, which waits. */
  add(load: Load, resends: number): Entry<Load> {
    this.#last += 1;
    const entry: Entry<Load> = { id: this.#last, load, resends, generation: null };
    this.#waiting.set(entry.id, entry);
    return entry;
  }

  /** Gives the one that has waited longest to a generation; null if none waits. */
  give(generation: number): Entry<Load> | null {
    const first = this.#waiting.values().next();
    if (first.done) return null;
    const entry = first.value;
    this.#waiting.delete(entry.id);
    entry.generation = generation;
    this.#given.set(entry.id, entry);
    return entry;
  }

  /** Settles one that this generation has; null for any other. */
  answer(id: number, generation: number): Entry<Load> | null {
    const entry = this.#given.get(id);
    if (entry?.generation !== generation) return null;
    this.#given.delete(id);
    return entry;
  }

  /** Takes one out, wherever it is; false if it is settled. */
  drop(entry: Entry<Load>): boolean {
    return (entry.generation === null ? this.#waiting : this.#given).delete(entry.id);
  }

  /** A generation is over: answers what is lost with it, in order. */
  end(generation: number): readonly Entry<Load>[] {
    const had = [...this.#given.values()].filter((entry) => entry.generation === generation);
    const again: Entry<Load>[] = [];
    for (const entry of had) {
      this.#given.delete(entry.id);
      if (entry.resends === 0) continue;
      entry.resends -= 1;
      entry.generation = null;
      again.push(entry);
    }
    if (again.length > 0) {
      const line = [...again, ...this.#waiting.values()];
      this.#waiting = new Map(line.map((entry) => [entry.id, entry]));
    }
    return had.filter((entry) => entry.generation !== null);
  }

  /** Takes all out: those that wait, and those that somebody has. */
  clear(): readonly Entry<Load>[] {
    const all = [...this.#given.values(), ...this.#waiting.values()];
    this.#given.clear();
    this.#waiting.clear();
    return all;
  }
}
