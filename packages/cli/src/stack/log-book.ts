// The last lines of each child, for a second terminal and for the keys of the table. Bounded: lines of a child are kept
// up to a number, and a line up to a length.

export interface LogLine {
  readonly id: string;
  readonly stream: "stdout" | "stderr";
  readonly line: string;
}

const KEPT = 500;
const LONGEST = 4_000;

export class LogBook {
  readonly #lines = new Map<string, LogLine[]>();
  readonly #listeners = new Set<(line: LogLine) => void>();

  readonly add = ({ id, stream, line }: LogLine): void => {
    const kept = this.#lines.get(id) ?? [];
    this.#lines.set(id, kept);
    const one = { id, stream, line: line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line };
    kept.push(one);
    if (kept.length > KEPT) kept.shift();
    for (const listener of this.#listeners) listener(one);
  };

  /** The last lines of one child, or of each. */
  last(id: string | null): readonly LogLine[] {
    return id === null ? [...this.#lines.values()].flat() : (this.#lines.get(id) ?? []);
  }

  /** Hears every line from now on. Returns its remover. */
  on(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
