/**
 * Calls what a user gave us. What it throws goes to `onError`, and so does what the promise rejects
 * with that an `async` function returns: nothing gets out.
 */
export function guarded(run: () => unknown, onError: (error: unknown) => void): void {
  try {
    const answer = run();
    if (answer instanceof Promise) answer.then(undefined, onError);
  } catch (error) {
    onError(error);
  }
}
