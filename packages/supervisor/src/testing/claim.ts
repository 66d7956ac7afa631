/** Throws unless what is claimed is so: an assertion for any test runner. */
export function claim(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** What a promise settles with; an error that says what was waited for, if it takes too long. */
export function within<Result>(
  promise: Promise<Result>,
  timeoutMs: number,
  what: string,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${what}: nothing happened within ${timeoutMs} ms`)),
      timeoutMs,
    );
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
