// A test that waits for what events bring about: every event wakes it, and then it looks. No time is waited for.

/** Between what tells and what waits. */
export interface Waiting {
  /** Something has happened: everything that waits looks again. */
  readonly wake: () => void;
  /** Settles once the condition holds; it is asked now, and after every wake. */
  readonly until: (holds: () => boolean) => Promise<void>;
}

export function waiting(): Waiting {
  let next = later();
  return {
    wake() {
      const { resolve } = next;
      next = later();
      resolve();
    },
    async until(holds) {
      while (!holds()) await next.promise;
    },
  };
}

/** A promise, and what settles it. */
function later() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
