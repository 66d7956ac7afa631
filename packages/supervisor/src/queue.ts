/**
 * What is to be run, one after the other: never one inside another, also if one of them adds more.
 */
export interface Queue {
  /** Whether something is being run. */
  isBusy(): boolean;
  /** Puts something last. It must not throw. */
  add(run: () => void): void;
  /** Runs all there is, and what is added meanwhile. False if that is being done already. */
  drain(): boolean;
}

export function queue(): Queue {
  const waiting: (() => void)[] = [];
  let isBusy = false;
  return {
    isBusy: () => isBusy,
    add: (run) => void waiting.push(run),
    drain() {
      if (isBusy) return false;
      isBusy = true;
      for (let next = waiting.shift(); next; next = waiting.shift()) next();
      isBusy = false;
      return true;
    },
  };
}
