/**
 * Calls what a user gave us. What it throws goes to `onError`, and so does what the promise rejects
 * with that an `async` function returns, of whatever realm: nothing gets out.
 */
export function guarded(run: () => unknown, onError: (error: unknown) => void): void {
  try {
    const answer = run();
    if (isThenable(answer)) Promise.resolve(answer).then(undefined, onError);
  } catch (error) {
    onError(error);
  }
}

/** Not `instanceof`: a promise of another realm is one, too. Reading it may throw. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { readonly then?: unknown }).then === "function"
  );
}
