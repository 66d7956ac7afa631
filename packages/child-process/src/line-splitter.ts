// Bytes in any pieces, lines out. The pieces do not matter: a character may be cut in two by them.
//
// A line ends at \n; one \r before it is not part of it. The first 1 000 characters of a line are
// kept and the rest is dropped as it comes, so a child that never writes \n costs no memory. What
// comes after the last \n is a line only once `end` says so.

import { StringDecoder } from "node:string_decoder";

/** How much of a line is kept, in UTF-16 units. `exitRecord` cuts there, too. */
export const LINE_LENGTH = 1_000;

/** Takes the pieces of one stream. */
export interface LineSplitter {
  write(piece: Uint8Array | string): void;
  /** The stream has ended: hands out the unfinished line, if there is one. */
  end(): void;
}

/** Splits UTF-8 into lines and hands each to `onLine` as soon as it is complete. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let line = "";
  let cut = false;

  function append(text: string): void {
    cut ||= line.length + text.length > LINE_LENGTH;
    line += text.slice(0, LINE_LENGTH - line.length);
  }

  function complete(): void {
    const whole = cut ? withoutHalf(line) : line.endsWith("\r") ? line.slice(0, -1) : line;
    line = "";
    cut = false;
    onLine(whole);
  }

  function take(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      append(text.slice(from, at));
      complete();
      from = at + 1;
    }
    append(text.slice(from));
  }

  return {
    write: (piece) => take(typeof piece === "string" ? piece : decoder.write(piece)),
    end() {
      take(decoder.end());
      if (line !== "") complete();
    },
  };
}

/** The cut may fall between the two halves of a character. */
function withoutHalf(line: string): string {
  return /[\uD800-\uDBFF]$/.test(line) ? line.slice(0, -1) : line;
}
