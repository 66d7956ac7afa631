// A standby's side: it is up, and waits for the word to begin. Two copies of this module in one worker share one wait.

import { MessageChannel, parentPort } from "node:worker_threads";
import { isStandby } from "./standby-mark.js";
import type { Waiting } from "./wire.js";

const KEY = Symbol.for("@steadfast/worker-threads/active");

/**
 * Settles when this worker is to do its work: at once, unless it is a standby (`standby` of `supervise`), which waits
 * here until it is needed.
 *
 * What comes before it is done ahead: modules, caches, connections that several may have. What only one may do (take
 * jobs, say `ready()`, send messages) comes after it: a standby that says something before is ended. A
 * handler of `onRequest` or a listener of `onStop` may be given before. In a worker that is no standby, and in a program that is no
 * worker, it settles at once. Keeps the worker alive until it settles. Errors: none.
 *
 * @since 0.1.0
 * @example
 * await whenActive();
 * ready();
 */
export function whenActive(): Promise<void> {
  const shared = globalThis as { [KEY]?: Promise<void> };
  shared[KEY] ??= begun();
  return shared[KEY];
}

function begun(): Promise<void> {
  if (!parentPort || !isStandby()) return Promise.resolve();
  const { port1, port2 } = new MessageChannel();
  parentPort.postMessage({ steadfast: "waiting", port: port2 } satisfies Waiting, [port2]);
  return new Promise((resolve) => {
    port1.once("message", () => {
      port1.close();
      resolve();
    });
  });
}
