import type { LiveChild, Prepared } from "@steadfast/supervisor";

/** A worker that the system refused to start: its exit is all there is. */
export function refusedWorker(error: unknown): LiveChild<undefined> {
  const nothing = () => {};
  return {
    exited: Promise.resolve({ kind: "spawn-failed", error }),
    announces: true, // it never is there
    onSignal: nothing,
    requestStop: nothing,
    kill: nothing,
    send: nothing,
    abandon: nothing,
  };
}

/** A standby that the system refused to start: it is gone from the beginning. */
export function refusedStandby(error: unknown): Prepared {
  return {
    up: new Promise(() => {}),
    gone: Promise.resolve({ kind: "spawn-failed", error }),
    discard: () => {},
  };
}
