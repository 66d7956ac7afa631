// Passing a child's output on to a stream of the host, as if the child had inherited it.
//
// `pipe` would put five listeners per child on the host's stream; this puts none there. A host stream
// that is full holds the child back until the piece is written. A host stream that is broken (its
// reader is gone) swallows the output, as `console.log` does.

import type { Readable, Writable } from "node:stream";

const ignore = () => {};

/**
 * Writes one piece to `target`. Never lets an `error` event escape that nobody listens to.
 *
 * @param source what is held back while `target` is full; null: nothing is, and `target` buffers.
 */
export function passOn(
  piece: Uint8Array | string,
  target: Writable,
  source: Readable | null,
): void {
  const room = target.write(piece, (error) => {
    if (error && target.listenerCount("error") === 0) target.once("error", ignore);
    if (!room) source?.resume();
  });
  if (!room) source?.pause();
}
