// What a child says, kept until somebody listens, and dropped once it is over.

import type { ChildSignal } from "@steadfast/supervisor";

/** Between the child and the one listener that the supervisor gives. */
export interface SignalBox {
  put(signal: ChildSignal): void;
  /** Delivers what was said before, in order, and from now on everything at once. */
  listen(listener: (signal: ChildSignal) => void): void;
  /** No signal follows. */
  close(): void;
}

/** A box that is open and empty. */
export function signalBox(): SignalBox {
  let waiting: ChildSignal[] = [];
  let listener: ((signal: ChildSignal) => void) | undefined;
  let open = true;

  return {
    put(signal) {
      if (!open) return;
      if (listener) listener(signal);
      else waiting.push(signal);
    },
    listen(given) {
      listener = given;
      const said = waiting;
      waiting = [];
      for (const signal of said) if (open) given(signal);
    },
    close() {
      open = false;
      waiting = [];
    },
  };
}
