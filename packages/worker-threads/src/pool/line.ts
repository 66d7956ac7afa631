// The requests that wait: the highest priority first, and within one priority in the order in which they came. One that
// is sent again stands where it stood before. Adding, taking and removing cost the same, however many wait.

/** What stands in a line. The links are the line's own. */
export interface InLine {
  readonly priority: number;
  /** In which order it came: never used twice. */
  readonly order: number;
  before: InLine | null;
  after: InLine | null;
}

/** Those of one priority. */
interface Level {
  readonly priority: number;
  first: InLine;
  last: InLine;
}

export class Line<One extends InLine> {
  /** Highest priority first; no level is empty. */
  readonly #levels: Level[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** A new one: it came last. */
  add(one: One): void {
    const level = this.#levelFor(one);
    if (level) join(level.last, one, null, level);
  }

  /** One that came before others: it stands where it stood. */
  putBack(one: One): void {
    const level = this.#levelFor(one);
    if (!level) return;
    let next: InLine | null = level.first;
    while (next && next.order < one.order) next = next.after;
    join(next ? next.before : level.last, one, next, level);
  }

  /** Takes the first out; null if none waits. */
  take(): One | null {
    const [level] = this.#levels;
    if (!level) return null;
    const one = level.first as One;
    this.remove(one);
    return one;
  }

  /** Takes one out that stands in it. */
  remove(one: One): void {
    const at = this.#levels.findIndex(({ priority }) => priority === one.priority);
    const level = this.#levels[at] as Level;
    const { before, after } = one;
    this.#size -= 1;
    one.before = null;
    one.after = null;
    if (!before && !after) {
      this.#levels.splice(at, 1);
      return;
    }
    if (before) before.after = after;
    else level.first = after as InLine;
    if (after) after.before = before;
    else level.last = before as InLine;
  }

  /** Its level; null if it was the first of its priority, and stands there now. */
  #levelFor(one: One): Level | null {
    this.#size += 1;
    const { priority } = one;
    const at = this.#levels.findIndex((level) => level.priority <= priority);
    const found = this.#levels[at];
    if (found?.priority === priority) return found;
    const level = { priority, first: one, last: one };
    this.#levels.splice(at < 0 ? this.#levels.length : at, 0, level);
    return null;
  }
}

function join(before: InLine | null, one: InLine, after: InLine | null, level: Level): void {
  one.before = before;
  one.after = after;
  if (before) before.after = one;
  else level.first = one;
  if (after) after.before = one;
  else level.last = one;
}
