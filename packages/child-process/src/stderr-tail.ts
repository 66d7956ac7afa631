// The last lines a child wrote to stderr, for its `Exit`. Bounded: so many lines of so many characters.
//
// Lines are those of `line-splitter.ts`. What is kept are bytes, and a piece is read from its end: lines that
// later ones of the same piece push out cost nothing.

import { ending } from "./line-splitter.js";
import { promiseIn } from "./promise-in.js";

/** How much of a line is handed out, in UTF-16 units: its end. `exitRecord` cuts there, too. */
export const TAIL_LENGTH = 1_000;

/** So many bytes hold as many units, and the rest of a character that the cut has left. */
const MOST_BYTES = 3 * TAIL_LENGTH + 3;

/** What one line of the tail is made of at most, in bytes, with its end. */
export const LARGEST_TAIL = MOST_BYTES + 2;

const NOTHING = Buffer.alloc(0);
const FEED = 10;
const RETURN = 13;

/** What stands in the tail for a line that `redact` failed on: the line itself might be secret. */
export const WITHHELD = "[line withheld: redact failed]";

/** Keeps the newest lines. */
export interface StderrTail {
  add(piece: Uint8Array | string): void;
  /** The lines kept, oldest first, each passed through `redact`; what is not finished is the last. */
  lines(): string[];
}

/**
 * Keeps the last `count` lines.
 *
 * `redact` is asked only about the lines that are handed out, and its answer is cut to the last 1 000
 * characters. A `redact` that throws, or answers something that is not a string, gets the line
 * replaced by a notice. `count` 0 keeps nothing.
 */
export function stderrTail(count: number, redact?: (line: string) => string): StderrTail {
  const kept: Buffer[] = [];
  let open: Buffer = NOTHING;
  let isAfterReturn = false;

  function take(bytes: Buffer): void {
    const start = startOf(bytes, count);
    if (start > 0) open = NOTHING;
    let from = start === 0 && isAfterReturn && bytes[0] === FEED ? 1 : start;
    isAfterReturn = false;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte !== FEED && byte !== RETURN) continue;
      const line = joined(open, bytes.subarray(from, at));
      from = at + 1;
      open = NOTHING;
      if (byte === RETURN && line.length === 0) continue;
      kept.push(line);
      if (kept.length > count) kept.shift();
      if (byte === FEED) continue;
      if (bytes[from] === FEED) from = ++at + 1;
      else isAfterReturn = from === bytes.length;
    }
    if (from < bytes.length) open = joined(open, bytes.subarray(from));
  }

  return {
    add(piece) {
      if (count > 0 && piece.length > 0) take(asBuffer(piece));
    },
    lines() {
      const all = open.length > 0 ? [...kept, open].slice(-count) : kept;
      return all.map((line) => redacted(text(line), redact, TAIL_LENGTH));
    },
  };
}

/** A line as it may be shown: its end, after `redact`. */
export function redacted(
  line: string,
  redact: ((line: string) => string) | undefined,
  length: number,
): string {
  if (!redact) return line;
  try {
    const answer: unknown = redact(line);
    if (typeof answer === "string") return ending(answer, length);
    void promiseIn(answer); // it may reject
  } catch {
    // As for an answer that is no text.
  }
  return WITHHELD;
}

export function asBuffer(piece: Uint8Array | string): Buffer {
  if (typeof piece === "string") return Buffer.from(piece);
  return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}

/** Where the last `count` lines of a piece begin: behind the line end before them, or at 0. */
function startOf(bytes: Buffer, count: number): number {
  let ends = 0;
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at];
    if (byte !== FEED && byte !== RETURN) continue;
    const before = bytes[at - 1];
    // A \r at the beginning of a line ends none.
    if (byte === RETURN && (before === FEED || before === RETURN || at === 0)) continue;
    if (++ends > count) return at + 1;
    if (byte === FEED && before === RETURN) at--;
  }
  return 0;
}

/** A copy of the end of both: the piece that it came in is not held. */
function joined(open: Buffer, more: Buffer): Buffer {
  const end = more.subarray(-MOST_BYTES);
  if (open.length === 0) return Buffer.from(end);
  return Buffer.from(Buffer.concat([open, end]).subarray(-MOST_BYTES));
}

/** What is kept of a line, as text, from its first whole character on. */
function text(line: Buffer): string {
  let from = 0;
  if (line.length === MOST_BYTES) while (from < 3 && ((line[from] ?? 0) & 0xc0) === 0x80) from++;
  return ending(line.toString("utf8", from), TAIL_LENGTH);
}
