// One listener per AbortSignal, whatever the number of supervisors that wait for it: Node's listener
// list makes one per child quadratic, and warns.

type OnAbort = (again: boolean) => void;

class Hub {
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<OnAbort>();
  #aborted = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  readonly #hear = (): void => {
    const again = this.#aborted;
    this.#aborted = true;
    // A copy: who is told may go away, or come, while the others are told.
    const told = Array.from(this.#waiting);
    for (const onAbort of told) onAbort(again);
  };

  add(onAbort: OnAbort): () => void {
    if (this.#waiting.size === 0) this.#signal.addEventListener("abort", this.#hear);
    this.#waiting.add(onAbort);
    return () => {
      if (!this.#waiting.delete(onAbort) || this.#waiting.size > 0) return;
      this.#signal.removeEventListener("abort", this.#hear);
    };
  }
}

const hubs = /* @__PURE__ */ new WeakMap<AbortSignal, Hub>();

/**
 * Calls `onAbort` when the signal fires, in its owner's turn. A second `abort` event of the same
 * signal (see `untilSignals`) is passed on as `again`. Returns what removes it.
 */
export function onAbort(signal: AbortSignal, listener: OnAbort): () => void {
  let hub = hubs.get(signal);
  if (!hub) {
    hub = new Hub(signal);
    hubs.set(signal, hub);
  }
  return hub.add(listener);
}
