// The signal of one attempt. What an `abort` listener of the task throws, or rejects with, would be an
// uncaught exception of the host: the platform reports it like that. So its listeners are wrapped where they
// are added, and `abort` throws the first such error to its caller.

/** An AbortSignal, and who makes it fire. */
export class TaskSignal {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal = this.#controller.signal;
  /** Of each listener what was added for it. */
  readonly #wrapped = new WeakMap<object, Listener>();
  #onabort: Listener | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor() {
    const { signal } = this;
    const add = signal.addEventListener as Change;
    const remove = signal.removeEventListener as Change;
    Object.defineProperties(signal, {
      addEventListener: hidden((type: string, listener: Given | null, options?: unknown) =>
        add.call(signal, type, listener && this.#wrap(listener), options),
      ),
      removeEventListener: hidden((type: string, listener: Given | null, options?: unknown) =>
        remove.call(signal, type, listener && (this.#wrapped.get(listener) ?? listener), options),
      ),
      onabort: {
        configurable: true,
        get: () => this.#onabort,
        set: (listener: unknown) => {
          this.#setOnabort(listener);
        },
      },
    });
  }

  #setOnabort(listener: unknown): void {
    const { signal } = this;
    if (this.#onabort) signal.removeEventListener("abort", this.#onabort);
    this.#onabort = typeof listener === "function" ? (listener as Listener) : null;
    if (this.#onabort) signal.addEventListener("abort", this.#onabort);
  }

  /** Fires the signal. Throws the first thing that a listener threw. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
    if (this.#failure) throw this.#failure.error;
  }

  #wrap(listener: Given): Listener {
    const known = this.#wrapped.get(listener);
    if (known) return known;
    const failed = (error: unknown) => {
      this.#failure ??= { error };
    };
    const call = (event: Event) => {
      try {
        const heard: unknown =
          typeof listener === "function"
            ? listener.call(this.signal, event)
            : listener.handleEvent(event);
        Promise.resolve(heard).then(undefined, failed);
      } catch (error) {
        failed(error);
      }
    };
    this.#wrapped.set(listener, call);
    return call;
  }
}

type Listener = (this: AbortSignal, event: Event) => unknown;
type Given = Listener | { handleEvent(event: Event): unknown };
type Change = (type: string, listener: Given | null, options?: unknown) => void;

const hidden = (value: unknown) => ({ value, configurable: true, writable: true });
