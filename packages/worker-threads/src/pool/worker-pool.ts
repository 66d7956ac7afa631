import { readArguments } from "@steadfast/policy";
import { realSystem, type System } from "@steadfast/supervisor/alarm";
import { workerLauncher } from "../worker-launcher.js";
import type { WorkerPoolOptions } from "./options.js";
import { poolOf, type WorkerPool } from "./pool-of.js";
import { poolSettings } from "./settings.js";

/**
 * Makes a pool of supervised threads that answer requests.
 *
 * Decides which thread gets which request: the least busy one; none has room: highest priority first, then first come first
 * served. A thread that ends is restarted under the policy, and a standby takes over where there is one; what it had rejects
 * with the root cause, or is sent again (`resends`). Each request settles exactly once. Units: milliseconds.
 * Edges: see the table of the README. Effect: threads, until it is stopped; the first are started before it returns. Errors:
 * `PolicyOptionsError` for a bad option; a request rejects with what its handler threw, with a `RequestError`, or with the reason of its signal.
 *
 * @since 0.1.0
 * @param entry what `new Worker` takes. The module says that it is ready: `serve` of the subpath `/worker` does.
 * @example
 * const worker = new URL(`data:text/javascript,
 *   import { parentPort } from "node:worker_threads";
 *   parentPort.on("message", ({ id, message }) =>
 *     parentPort.postMessage({ steadfast: "answer", id, value: 2 * message }));
 *   parentPort.postMessage({ steadfast: "ready" });
 * `); // what serve((n) => 2 * n) says
 * const pool = workerPool(worker, { threads: 2, policy: restartOn("permanent") });
 * const doubled = await pool.run(21); // => 42
 * await pool.stop({ force: true });
 */
export function workerPool(
  entry: string | URL,
  options: WorkerPoolOptions,
  system: System = realSystem,
): WorkerPool {
  readArguments("workerPool", arguments, 3);
  const settings = poolSettings(options);
  return poolOf(workerLauncher(entry, settings.worker), settings, system);
}
