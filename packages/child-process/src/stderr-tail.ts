// The last lines a child wrote to stderr, for its `Exit`. Bounded: so many lines of so many characters.

import { LINE_LENGTH } from "./line-splitter.js";
import { promiseIn } from "./promise-in.js";

/** What stands in the tail for a line that `redact` failed on: the line itself might be secret. */
export const WITHHELD = "[line withheld: redact failed]";

/** Keeps the newest lines. */
export interface StderrTail {
  add(line: string): void;
  /** The lines kept, oldest first, each passed through `redact`. */
  lines(): string[];
}

/**
 * Keeps the last `count` lines.
 *
 * `redact` is asked only about the lines that are handed out, and its answer is cut after 1 000
 * characters. A `redact` that throws, or answers something that is not a string, gets the line
 * replaced by a notice. `count` 0 keeps nothing.
 */
export function stderrTail(
  count: number,
  redact: (line: string) => string = (line) => line,
): StderrTail {
  const kept: string[] = [];

  function shown(line: string): string {
    try {
      const answer: unknown = redact(line);
      if (typeof answer === "string") return answer.slice(0, LINE_LENGTH);
      void promiseIn(answer); // it may reject
    } catch {
      // As for an answer that is no text.
    }
    return WITHHELD;
  }

  return {
    add(line) {
      kept.push(line);
      if (kept.length > count) kept.shift();
    },
    lines: () => kept.map(shown),
  };
}
