// What a factory of the user's returned: of a worker that is not new nobody could say what became of it.
// Its `online` would be missed, and what it said before.

import { Worker } from "node:worker_threads";

/** The workers of all launchers: one under two of them would be ended by either. */
const taken = new WeakSet<Worker>();

/**
 * Takes a new worker, once.
 *
 * @throws TypeError for anything else. A worker that is only promised is ended when it comes; one that
 * is not new is left alone, since it is somebody's.
 */
export function newWorker(owner: string, made: unknown): Worker {
  if (!(made instanceof Worker)) {
    void Promise.resolve(made).then(endUntaken, () => {});
    throw new TypeError(`${owner}: the factory returned no Worker`);
  }
  const fault = faultOf(made);
  if (fault)
    throw new TypeError(`${owner}: the factory returned a Worker that is not new: ${fault}`);
  taken.add(made);
  return made;
}

function faultOf(worker: Worker): string | null {
  if (taken.has(worker)) return "it was returned before";
  if (worker.threadId === -1) return "it is over";
  return wasOnline(worker) ? "it is online already" : null;
}

/** Node counts the time of a thread from `online` on. Elsewhere nothing may be counted. */
function wasOnline({ performance }: { readonly performance?: Worker["performance"] }): boolean {
  return (performance?.eventLoopUtilization().active ?? 0) > 0;
}

function endUntaken(made: unknown): void {
  if (made instanceof Worker && !taken.has(made)) void made.terminate();
}
