// What a worker says, kept until somebody listens, and dropped once it is over.

import type { ChildSignal } from "@steadfast/supervisor";

type Listener = (signal: ChildSignal) => void;

/** Between the worker and the one listener that the supervisor gives. */
export interface SignalBox {
  put(signal: ChildSignal): void;
  /** Delivers what was said before, in order, and from now on everything at once. */
  listen(listener: Listener): void;
  /** No signal follows. */
  close(): void;
}

export function signalBox(): SignalBox {
  let waiting: ChildSignal[] = [];
  let listener: Listener | null = null;
  let open = true;
  return {
    put(signal) {
      if (!open) return;
      if (listener) listener(signal);
      else waiting.push(signal);
    },
    listen(given) {
      if (!open) return;
      listener = given;
      const said = waiting;
      waiting = [];
      for (const signal of said) if (open) given(signal);
    },
    close() {
      open = false;
      listener = null;
      waiting = [];
    },
  };
}
