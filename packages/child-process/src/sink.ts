// Where pieces of output go. A sink that is full says so, and says when it has room again; the reader of the
// child holds it back meanwhile.

import type { Writable } from "node:stream";

/** Takes pieces of output, whole and in order. Never throws. */
export interface Sink {
  /**
   * Takes a piece. False if it is full: `room` is called once, later, when it has room again.
   *
   * @param room null where nobody can be held back: then a piece is dropped if too much waits already.
   */
  write(piece: Uint8Array | string, room: (() => void) | null): boolean;
}

/** How much may wait in a sink, in bytes, before what cannot be held back is dropped. */
export const MOST_WAITING = 1_048_576;

const ignore = () => {};

/**
 * A stream of the host, written to as if the child had inherited it.
 *
 * `pipe` would put five listeners per child on it; this puts none there. A stream that is broken (its
 * reader is gone) swallows the output, as `console.log` does: no `error` event escapes that nobody listens to.
 */
export function streamSink(target: Writable): Sink {
  return {
    write(piece, room) {
      if (!room && target.writableLength > MOST_WAITING) return true;
      const hasRoom = target.write(piece, (error) => {
        if (error && target.listenerCount("error") === 0) target.once("error", ignore);
        if (!hasRoom) room?.();
      });
      return hasRoom;
    },
  };
}
