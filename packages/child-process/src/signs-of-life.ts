// Where signs of life are expected, the launch is the first: a child that never gives any is found, too. Any output is
// one at most once per turn of the event loop, however much is written.

import type { SignalBox } from "./signal-box.js";

/** Gives the first; answers what is to be called for every piece of output. */
export function signsOfLife(
  expected: "message" | "output" | null,
  pid: number | undefined,
  box: SignalBox,
): () => void {
  let isDue = false;

  function give(): void {
    isDue = false;
    box.put({ type: "heartbeat" });
  }

  if (expected && pid !== undefined) give();
  return () => {
    if (expected !== "output" || isDue) return;
    isDue = true;
    setImmediate(give);
  };
}
