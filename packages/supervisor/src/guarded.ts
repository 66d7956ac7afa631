/**
 * Calls what a user gave us, with `arg` where it takes one. What it throws goes to `onError`, and so does what the promise rejects
 * with that an `async` function returns, of whatever realm: nothing gets out.
 */
export function guarded<Arg>(
  run: (arg: Arg) => unknown,
  onError: (error: unknown) => void,
  arg?: Arg,
): void {
  try {
    const answer = run(arg as Arg);
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
