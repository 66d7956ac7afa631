import { Worker } from "node:worker_threads";
import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import type { Launcher, LaunchInfo, LiveChild, Prepared } from "@steadfast/supervisor";
import { requestLayer } from "@steadfast/supervisor/requests";
import { type Known, type LiveWorker, liveWorker, type StandbyEar } from "./live-worker.js";
import { isMisuse } from "./misuse.js";
import { newWorker } from "./new-worker.js";
import { hasPreload, marked, startPreloading } from "./preloading.js";
import { refusedStandby, refusedWorker } from "./refused-worker.js";
import { Standby } from "./standby.js";
import { workerEntry } from "./worker-entry.js";
import {
  checkedOptions,
  fixedOptions,
  type WorkerLaunchOptions,
  type WorkerThreadOptions,
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
 * not; `kill` is `terminate`; `abandon` is `unref`. With a module and options that are the same for every attempt
 * it can `prepare` standbys, see `whenActive` of the subpath `/worker`.
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
  readArguments("workerLauncher", arguments, 2);
  if (typeof start !== "function") {
    const entry = workerEntry(OWNER, start);
    if (typeof options !== "function") {
      return preparingLauncher(entry, fixedOptions(OWNER, options === undefined ? {} : options));
    }
    return launcherOf((info) =>
      begun(startOf(entry, checkedOptions(OWNER, options(info)), info.id)),
    );
  }
  if (options !== undefined) {
    throw new PolicyOptionsError(OWNER, "options", "left out beside a factory", typeof options);
  }
  return launcherOf((info) => {
    const worker = newWorker(
      OWNER,
      marked(() => start(info)),
    );
    return begun(liveWorker(worker, FACTORYS));
  });
}

/** What is known of a factory's worker. */
const FACTORYS: Known = {
  entry: null,
  isOurs: false,
  tail: { lines: 20, redact: null },
  heartbeatEveryMs: null,
};

function begun(live: LiveWorker): LiveWorker {
  live.begin();
  return live;
}

/** Starts the thread of an attempt, or of a standby. */
function startOf(
  entry: URL,
  options: WorkerThreadOptions,
  id: string,
  ear: StandbyEar | null = null,
): LiveWorker {
  const { stderrTail: lines = 20, redact = null, heartbeatEveryMs = null, ...node } = options;
  const { execArgv: own, ...rest } = node;
  if (heartbeatEveryMs !== null && !hasPreload()) {
    const allowed = "left out: the preload of this package is not there, taken apart by a bundler";
    throw new PolicyOptionsError(OWNER, "heartbeatEveryMs", allowed, heartbeatEveryMs);
  }
  const worker = startPreloading(
    own,
    (execArgv) => new Worker(entry, { name: id, ...rest, ...(execArgv && { execArgv }) }),
    ear !== null,
  );
  const isOurs = options.transferList === undefined;
  const tail = { lines, redact };
  return liveWorker(worker, { entry: entry.href, isOurs, tail, heartbeatEveryMs }, ear);
}

function launcherOf(start: (info: LaunchInfo) => LiveChild<undefined>): Launcher<undefined> {
  return {
    requests: requestLayer,
    launch: (info) => refusing(() => start(info), refusedWorker),
  };
}

/** The launcher of a module whose options are the same for every attempt: threads can be prepared. */
function preparingLauncher(entry: URL, options: WorkerThreadOptions): Launcher<undefined> {
  const cold = launcherOf(({ id }) => begun(startOf(entry, options, id)));
  return {
    ...cold,
    launch(info, prepared) {
      if (prepared === undefined) return cold.launch(info);
      if (!(prepared instanceof Standby)) {
        throw new TypeError(`${OWNER}: a standby that is none of a worker launcher's`);
      }
      return prepared.begin() ?? cold.launch(info); // gone in this very turn: `standby-lost` follows
    },
    prepare: ({ id }) =>
      refusing<Prepared>(
        () => new Standby((ear) => startOf(entry, options, id, ear)),
        refusedStandby,
      ),
  };
}

/** What the system refuses is answered; a mistake of the program's is thrown. */
function refusing<Made>(make: () => Made, refused: (error: unknown) => Made): Made {
  try {
    return make();
  } catch (error) {
    if (isMisuse(error)) throw error;
    return refused(error);
  }
}
