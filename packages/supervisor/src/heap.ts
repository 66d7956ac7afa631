// A binary heap with the earliest entry on top; those of one instant leave in the order they came.
// Every entry knows its place, so that it can be taken out from anywhere.

export interface HeapEntry {
  readonly at: number;
  /** Which one it was to come, and where it stands: written by the heap. */
  turn: number;
  place: number;
}

export interface Heap<Entry extends HeapEntry> {
  readonly size: number;
  /** The earliest, which stays where it is; undefined if there is none. */
  peek(): Entry | undefined;
  push(entry: Entry): void;
  /** Takes an entry out. One that is not in the heap is left alone. */
  delete(entry: Entry): void;
}

export function heap<Entry extends HeapEntry>(): Heap<Entry> {
  const entries: Entry[] = [];
  let turns = 0;

  const isBefore = (one: HeapEntry | undefined, other: HeapEntry | undefined): boolean =>
    !!one && !!other && (one.at - other.at || one.turn - other.turn) < 0;

  /** Puts an entry at a free place, or above or below it: an entry in the way moves over. */
  function settle(entry: Entry, free: number): void {
    const above = (free - 1) >> 1;
    let below = 2 * free + 1;
    if (isBefore(entries[below + 1], entries[below])) below++;
    let next = free;
    if (isBefore(entries[below], entry)) next = below;
    if (isBefore(entry, entries[above])) next = above;
    const here = next === free ? entry : (entries[next] as Entry);
    here.place = free;
    entries[free] = here;
    if (here !== entry) settle(entry, next);
  }

  return {
    get size() {
      return entries.length;
    },
    peek: () => entries[0],
    push(entry) {
      entry.turn = turns++;
      settle(entry, entries.length);
    },
    delete(entry) {
      if (entries[entry.place] !== entry) return;
      const last = entries.pop() as Entry;
      if (last !== entry) settle(last, entry.place);
    },
  };
}
