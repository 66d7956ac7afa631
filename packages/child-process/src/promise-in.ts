// A promise where none was asked for, of whatever realm: an `async` callback, such as `async () => {}`.

/** The promise that an answer is; null if it is none. Its rejection is never unhandled. */
export function promiseIn(answer: unknown): Promise<unknown> | null {
  try {
    if (typeof (answer as PromiseLike<unknown>).then !== "function") return null;
  } catch {
    return null; // undefined, null, or what cannot be read
  }
  const promise = Promise.resolve(answer);
  promise.catch(() => {});
  return promise;
}
