// One listener per AbortSignal, whatever the number of supervisions and retries that wait for it: Node's
// listener list makes one per child quadratic, and warns.

import { onePer } from "./one-per.js";

/**
 * What waits for an AbortSignal, together with others. It is known by its identity.
 * @since 0.1.0
 */
export interface AbortListener {
  /** Called when the signal fires: `again` for a second `abort` event, as `untilSignals` sends it. */
  onAbort(again: boolean): void;
}

/** What waits for one signal. */
class AbortHub {
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<AbortListener>();
  #aborted = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  readonly #hear = () => {
    const again = this.#aborted;
    this.#aborted = true;
    // A copy: a listener may go away, or a new one come, while the others are called.
    const told = Array.from(this.#waiting);
    for (const one of told) one.onAbort(again);
  };

  add(listener: AbortListener): void {
    if (this.#waiting.size === 0) this.#signal.addEventListener("abort", this.#hear);
    this.#waiting.add(listener);
  }

  delete(listener: AbortListener): void {
    if (!this.#waiting.delete(listener) || this.#waiting.size > 0) return;
    this.#signal.removeEventListener("abort", this.#hear);
  }
}

const hubOf = /* @__PURE__ */ onePer((signal: AbortSignal) => new AbortHub(signal));

/**
 * Calls the listener when the signal fires, in its owner's turn, until `leaveAbort`.
 *
 * Everyone who joins a signal shares one listener of it, which is removed with the last one. Joining twice
 * is joining once. A signal that has fired already calls nobody: look at `aborted` before.
 * Effect: at most one listener on the signal. Errors: none.
 *
 * @since 0.1.0
 * @example
 * const controller = new AbortController();
 * let heard = 0;
 * joinAbort(controller.signal, { onAbort: () => heard++ });
 * controller.abort();
 * heard; // => 1
 */
export function joinAbort(signal: AbortSignal, listener: AbortListener): void {
  hubOf(signal).add(listener);
}

/**
 * Takes a listener out; one that is not in is left alone. Effect: with the last one, the signal has no
 * listener of ours any more. Errors: none.
 *
 * @since 0.1.0
 * @example
 * const controller = new AbortController();
 * let heard = 0;
 * const listener = { onAbort: () => heard++ };
 * joinAbort(controller.signal, listener);
 * leaveAbort(controller.signal, listener);
 * controller.abort();
 * heard; // => 0
 */
export function leaveAbort(signal: AbortSignal, listener: AbortListener): void {
  hubOf(signal).delete(listener);
}

/** The same with a function. Returns what removes it. */
export function onAbort(signal: AbortSignal, heard: (again: boolean) => void): () => void {
  const listener = { onAbort: heard };
  joinAbort(signal, listener);
  return () => leaveAbort(signal, listener);
}
