import type { LiveProcess } from "./live-process.js";

/** A child that the system refused to start before there was one: its exit is all there is. */
export function refusedChild(error: unknown): LiveProcess {
  const nothing = () => {};
  return {
    exited: Promise.resolve({ kind: "spawn-failed", error }),
    announces: true, // it never is there
    reach: "process",
    onSignal: nothing,
    requestStop: nothing,
    kill: nothing,
  };
}
