// Bytes in any pieces, lines out. The pieces do not matter: a character may be cut in two by them.
//
// A line ends at \n, at \r\n, and at \r: a progress bar that is drawn over and over is a line each time. A \r at
// the beginning of a line is nothing. The last characters of a long line are kept and the rest is
// dropped as it comes, so a child that never ends a line costs no memory. What comes after the last
// line end is a line only once `end` says so.

import { StringDecoder } from "node:string_decoder";

/** How much of a line is kept, in UTF-16 units. */
export const LINE_LENGTH = 65_536;

/** At the beginning of what is kept of a longer line: the half of a character that the cut has left. */
const HALF = /^[\uDC00-\uDFFF]/;

/** Takes the pieces of one stream. */
export interface LineSplitter {
  write(piece: Uint8Array | string): void;
  /** What has come of the line that is not finished. */
  unfinished(): string;
  /** The stream has ended: hands out the unfinished line, if there is one. */
  end(): void;
}

/** Splits UTF-8 into lines and hands each to `onLine` as soon as it is complete. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder();
  let open = "";
  let isAfterReturn = false;

  function take(text: string): void {
    let from = isAfterReturn && text.startsWith("\n") ? 1 : 0;
    if (text !== "") isAfterReturn = false;
    let feed = text.indexOf("\n", from);
    let turn = text.indexOf("\r", from);
    while (feed >= 0 || turn >= 0) {
      const isReturn = turn >= 0 && (feed < 0 || turn < feed);
      const end = isReturn ? turn : feed;
      const line = open === "" ? text.slice(from, end) : open + text.slice(from, end);
      open = "";
      from = end + 1;
      if (isReturn && line !== "") {
        if (feed === from) from = feed + 1;
        else isAfterReturn = from === text.length;
      }
      if (!isReturn || line !== "") onLine(ending(line, LINE_LENGTH));
      if (feed >= 0 && feed < from) feed = text.indexOf("\n", from);
      if (isReturn) turn = text.indexOf("\r", from);
    }
    open = ending(open + text.slice(from), LINE_LENGTH);
  }

  return {
    write: (piece) => take(typeof piece === "string" ? piece : decoder.write(piece)),
    unfinished: () => open,
    end() {
      take(decoder.end());
      if (open !== "") onLine(open);
      open = "";
    },
  };
}

/** The last so many UTF-16 units of a text, without half a character. */
export function ending(text: string, length: number): string {
  return text.length <= length ? text : text.slice(-length).replace(HALF, "");
}
