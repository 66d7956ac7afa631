import { Worker } from "node:worker_threads";
import { PolicyOptionsError } from "@steadfast/policy";
import type { Launcher, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { requestLayer } from "@steadfast/supervisor/requests";
import { type Known, liveWorker } from "./live-worker.js";
import { isMisuse } from "./misuse.js";
import { newWorker } from "./new-worker.js";
import { hasPreload, marked, startPreloading } from "./preloading.js";
import { refusedWorker } from "./refused-worker.js";
import { workerEntry } from "./worker-entry.js";
import {
  type WorkerLaunchOptions,
  type WorkerThreadOptions,
  workerOptions,
} from "./worker-options.js";

const OWNER = "workerLauncher";

/**
 * Starts a worker of the user's own making: a new one for each call, and in that very call.
 * @since 0.1.0
 */
export type WorkerFactory = (info: LaunchInfo) => Worker;

/**
 * Makes a launcher of a worker's module, or of a function that starts a worker.
 *
 * Decides how a worker ended, see `workerExit`; whether, when and how it ends is the supervisor's.
 * `requestStop` tells the worker if it listens (see the subpath `/worker`) and has no effect if it does
 * not; `kill` is `terminate`; `abandon` is `unref`.
 * At the edge: a thread that cannot be ended, such as one that waits in a system call, has no exit.
 * Effect: no listener but on the worker itself, and no timer but that of `heartbeatEveryMs`.
 *
 * @since 0.1.0
 * @param entry what `new Worker` takes, or a function that returns a new Worker.
 * @param options of `new Worker`, or a function that makes them for each attempt.
 * @throws PolicyOptionsError for an entry or an option that Node would not take. What `new Worker` or a
 * function of yours throws at a launch goes to the caller of `launch` if it is a mistake (a `TypeError` and its like, data
 * that cannot be cloned, bad `execArgv`); everything else is an exit of kind `spawn-failed`.
 * @example
 * const launcher = workerLauncher(new URL("data:text/javascript,process.exit(3)"));
 * const child = launcher.launch({ id: "w", attempt: 1, generation: 0, cause: "start", failures: 0 });
 * await child.exited; // => { kind: "failed", code: 3 }
 */
export function workerLauncher(
  entry: string | URL,
  options?: WorkerLaunchOptions,
): Launcher<undefined>;
export function workerLauncher(factory: WorkerFactory): Launcher<undefined>;
export function workerLauncher(
  start: string | URL | WorkerFactory,
  options?: WorkerLaunchOptions,
): Launcher<undefined> {
  if (typeof start !== "function") {
    const entry = workerEntry(OWNER, start);
    const optionsFor = workerOptions(OWNER, options === undefined ? {} : options);
    return launcherOf((info) => startOf(entry, optionsFor(info), info));
  }
  if (options !== undefined) {
    throw new PolicyOptionsError(OWNER, "options", "left out beside a factory", typeof options);
  }
  return launcherOf((info) => {
    const worker = newWorker(
      OWNER,
      marked(() => start(info)),
    );
    return liveWorker(worker, FACTORYS);
  });
}

/** What is known of a factory's worker. */
const FACTORYS: Known = {
  entry: null,
  isOurs: false,
  tail: { lines: 20, redact: null },
  heartbeatEveryMs: null,
};

function startOf(entry: URL, options: WorkerThreadOptions, { id }: LaunchInfo) {
  const { stderrTail: lines = 20, redact = null, heartbeatEveryMs = null, ...node } = options;
  const { execArgv: own, ...rest } = node;
  if (heartbeatEveryMs !== null && !hasPreload()) {
    const allowed = "left out: the preload of this package is not there, taken apart by a bundler";
    throw new PolicyOptionsError(OWNER, "heartbeatEveryMs", allowed, heartbeatEveryMs);
  }
  const worker = startPreloading(
    own,
    (execArgv) => new Worker(entry, { name: id, ...rest, ...(execArgv && { execArgv }) }),
  );
  const isOurs = options.transferList === undefined;
  const tail = { lines, redact };
  return liveWorker(worker, { entry: entry.href, isOurs, tail, heartbeatEveryMs });
}

function launcherOf(start: (info: LaunchInfo) => LiveChild<undefined>): Launcher<undefined> {
  return {
    requests: requestLayer,
    launch(info) {
      try {
        return start(info);
      } catch (error) {
        if (isMisuse(error)) throw error;
        return refusedWorker(error);
      }
    },
  };
}
