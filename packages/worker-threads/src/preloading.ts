// Starts a worker with the preload that keeps its errors from ending the host.
//
// With `execArgv` of its own a worker does not inherit the host's, so they are listed; V8's flags, which hold
// for the whole process, may not be, and are left out. A preload that cannot be found, since a bundler took it
// along, is done without.

import { createRequire } from "node:module";
import { setEnvironmentData, type Worker } from "node:worker_threads";
import { PRELOADED, STANDBY } from "./wire.js";

const NAME = "@steadfast/worker-threads/preload";

let preload: string | null | undefined;
let inherited: readonly string[] | undefined;

function preloadFile(): string | null {
  if (preload === undefined) {
    try {
      const here = typeof __filename === "undefined" ? import.meta.url : __filename;
      preload = createRequire(here).resolve(NAME);
    } catch {
      preload = null;
    }
  }
  return preload;
}

/** Whether workers start with the preload. */
export function hasPreload(): boolean {
  return preloadFile() !== null;
}

/** Calls `start` with the `execArgv` to use: `own` if there are any, else the host's. */
export function startPreloading(
  own: readonly string[] | undefined,
  start: (execArgv: string[] | undefined) => Worker,
  isStandby = false,
): Worker {
  const file = preloadFile();
  const startWith = (argv: readonly string[]) =>
    marked(() => start(file === null ? own && [...own] : ["--require", file, ...argv]), isStandby);
  if (own || file === null) return startWith(own ?? []);
  inherited ??= process.execArgv;
  try {
    return startWith(inherited);
  } catch (error) {
    inherited = withoutInvalid(inherited, error);
    return startWith(inherited);
  }
}

/** The flags that Node did not name as invalid. Throws what is no such error. */
export function withoutInvalid(flags: readonly string[], error: unknown): readonly string[] {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code !== "ERR_WORKER_INVALID_EXEC_ARGV" || typeof message !== "string") throw error;
  const named = message.slice(message.indexOf(": ") + 2).split(", ");
  return flags.filter((flag) => !named.includes(flag));
}

/** Marks the workers that are started meanwhile, and no others. */
export function marked<Result>(run: () => Result, isStandby = false): Result {
  setEnvironmentData(PRELOADED, true);
  if (isStandby) setEnvironmentData(STANDBY, true);
  try {
    return run();
  } finally {
    setEnvironmentData(PRELOADED, undefined);
    setEnvironmentData(STANDBY, undefined);
  }
}
