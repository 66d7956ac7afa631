// Lines of different children are not mixed: what is written to a place that they share are whole lines, of any
// number. The bytes stay as they are.
//
// A line that is not finished waits for its end, 50 ms after its last byte at most (it may be a prompt), and
// only as long as it has 64 KiB at most.

import { asBuffer } from "./stderr-tail.js";

const LONGEST_WAIT_MS = 50;
const MOST_BYTES = 65_536;
const FEED = 10;

/** Takes pieces, hands out whole lines. */
export interface WholeLines {
  write(piece: Uint8Array | string): void;
  /** What waits goes out. */
  flush(): void;
}

/** Hands whole lines on. Its timer keeps nobody alive. */
export function wholeLines(onLines: (bytes: Buffer) => void): WholeLines {
  let rest: Buffer[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  let hasGrown = false;

  function hand(): void {
    if (size === 0) return;
    const bytes = rest.length === 1 && rest[0] ? rest[0] : Buffer.concat(rest);
    rest = [];
    size = 0;
    onLines(bytes);
  }

  /** The line that has begun is completed by itself: only it is copied. */
  function complete(bytes: Buffer): Buffer {
    if (size === 0) return bytes;
    const end = bytes.indexOf(FEED) + 1;
    rest.push(bytes.subarray(0, end));
    size += end;
    hand();
    return bytes.subarray(end);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    hand();
  }

  function wait(): void {
    timer = setTimeout(() => {
      timer = undefined;
      if (hasGrown && size > 0) wait();
      else hand();
    }, LONGEST_WAIT_MS);
    timer.unref();
    hasGrown = false;
  }

  function keep(bytes: Buffer): void {
    rest.push(bytes);
    size += bytes.length;
    hasGrown = true;
    if (size > MOST_BYTES) flush();
    else if (timer === undefined) wait();
  }

  return {
    write(piece) {
      const bytes = asBuffer(piece);
      const end = bytes.lastIndexOf(FEED) + 1;
      if (end > 0) {
        const lines = complete(bytes.subarray(0, end));
        if (lines.length > 0) onLines(lines);
      }
      if (end < bytes.length) keep(bytes.subarray(end));
    },
    flush,
  };
}
