// Bytes in any pieces, lines out. The pieces do not matter: a character may be cut in two by them.
//
// A line ends at \n; one \r before it is not part of it. The first 1 000 characters of a line are
// kept and the rest is dropped as it comes, so a child that never writes \n costs no memory. What
// comes after the last \n is a line only once `end` says so.

import { StringDecoder } from "node:string_decoder";

/** How much of a line is kept, in UTF-16 units. `exitRecord` cuts there, too. */
export const LINE_LENGTH = 1_000;

/** At the end of what is kept of a longer line: the half of a character that the cut has left. */
const HALF = /[\uD800-\uDBFF]$/;

/** Takes the pieces of one stream. */
export interface LineSplitter {
  write(piece: Uint8Array | string): void;
  /** The stream has ended: hands out the unfinished line, if there is one. */
  end(): void;
}

/** Splits UTF-8 into lines and hands each to `onLine` as soon as it is complete. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder();
  let line = "";

  function take(text: string): void {
    // One more than is kept says whether a line is longer, so that a \r is known to be its last.
    const lines = (line + text).split("\n").map((one) => one.slice(0, LINE_LENGTH + 1));
    line = lines.pop() ?? "";
    for (const one of lines) onLine(kept(one));
  }

  return {
    write: (piece) => take(typeof piece === "string" ? piece : decoder.write(piece)),
    end() {
      line += decoder.end();
      if (line) take("\n");
    },
  };
}

function kept(line: string): string {
  if (line.length > LINE_LENGTH) return line.slice(0, LINE_LENGTH).replace(HALF, "");
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
