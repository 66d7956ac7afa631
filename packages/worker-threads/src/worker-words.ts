// What a worker tells its supervisor. In a program that is no worker thread it does nothing.

import { parentPort } from "node:worker_threads";
import type { WorkerWord } from "./wire.js";

/**
 * Tells the supervisor that this worker does its work now.
 *
 * Answers true in a worker thread, false elsewhere. Does not keep the worker alive; what was said
 * before the worker ends is heard before its exit, unless it has closed its `parentPort`. Errors: none.
 *
 * @since 0.1.0
 * @example
 * ready(); // true in a worker thread
 */
export function ready(): boolean {
  return say("ready");
}

/**
 * Tells the supervisor that this worker is alive and cannot work now. As `ready`.
 * @since 0.1.0
 */
export function notReady(): boolean {
  return say("not-ready");
}

/**
 * Tells the supervisor that this worker is alive. One call is one heartbeat: the interval is the
 * caller's. As `ready`.
 *
 * @since 0.1.0
 * @example
 * setInterval(heartbeat, 1_000).unref();
 */
export function heartbeat(): boolean {
  return say("heartbeat");
}

function say(word: WorkerWord): boolean {
  parentPort?.postMessage({ steadfast: word });
  return parentPort !== null;
}
