// Holds one stream of a child back while a sink that it goes to is full: the child waits, and nothing here
// grows. Once the child is gone there is nobody to hold back.

import type { Readable } from "node:stream";
import type { Sink } from "./sink.js";

/** Between one stream and its sinks. */
export interface Hold {
  give(sink: Sink, piece: Uint8Array | string): void;
  /** The child is gone: what is left is read at once, whether there is room or not. */
  letGo(): void;
  /** Somebody else writes to the stream from now on, who can wait. */
  resume(): void;
}

export function holdOn(stream: Readable): Hold {
  let full = 0;
  let holds = true;

  function room(): void {
    if (--full === 0) stream.resume();
  }

  return {
    give(sink, piece) {
      if (sink.write(piece, holds ? room : null) || !holds) return;
      full++;
      stream.pause();
    },
    letGo() {
      holds = false;
      if (full > 0) stream.resume();
    },
    resume() {
      holds = true;
    },
  };
}
