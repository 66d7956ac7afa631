// One listener per AbortSignal, whatever the number of supervisors that wait for it: Node's listener
// list makes one per child quadratic, and warns.

import { onePer } from "./one-per.js";

type OnAbort = (again: boolean) => void;

/**
 * Calls back when the signal fires, in its owner's turn. A second `abort` event of the same signal
 * (see `untilSignals`) is passed on as `again`. Returns what removes it.
 */
export const onAbort = (signal: AbortSignal, listener: OnAbort): (() => void) =>
  hubOf(signal)(listener);

const hubOf = /* @__PURE__ */ onePer((signal: AbortSignal) => {
  const waiting = new Set<OnAbort>();
  let aborted = false;

  function hear(): void {
    const again = aborted;
    aborted = true;
    // A copy: a listener may go away, or a new one come, while the others are called.
    const told = Array.from(waiting);
    for (const one of told) one(again);
  }

  return (listener: OnAbort) => {
    // Once for all of them: the same listener is not added twice.
    signal.addEventListener("abort", hear);
    waiting.add(listener);
    return () => {
      if (!waiting.delete(listener) || waiting.size > 0) return;
      signal.removeEventListener("abort", hear);
    };
  };
});
