// What is used of @restatedev/restate-sdk.

/**
 * What is used of `@restatedev/restate-sdk`: its module as it is.
 * @since 0.1.0
 */
export interface RestateSdk {
  /** Makes a virtual object. */
  object(definition: never): { readonly name: string };
  /** What ends an invocation with an error. */
  readonly TerminalError: new (
    message: string,
    options?: { readonly errorCode?: number },
  ) => Error;
}

/**
 * What is used of the context of an object's handler.
 * @since 0.1.0
 */
export interface RestateObjectContext {
  /** The time, the same when it is replayed. */
  readonly date: { now(): PromiseLike<number> };
  /** What stands in the object. */
  get(name: string): PromiseLike<unknown>;
  /** Replaces it once the handler is done. */
  set(name: string, value: unknown): void;
}

/**
 * What is used of the context of a handler.
 * @since 0.1.0
 */
export interface RestateRunContext {
  /** Chance, the same when it is replayed. */
  readonly rand: { random(): number };
  /** Does it once, and keeps the result in the journal. */
  run<Value>(name: string, action: () => Promise<Value>): PromiseLike<Value>;
  /** Waits so many milliseconds, on whichever machine. */
  sleep(ms: number): PromiseLike<void>;
}
