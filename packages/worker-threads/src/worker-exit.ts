// What the events of a worker add up to. Node tells an uncaught error and the exit apart; together they
// are one exit.

import type { Exit } from "@steadfast/policy";

/**
 * Everything that is known of a worker when its `exit` event comes.
 * @since 0.1.0
 */
export interface WorkerEnd {
  /** The code of the `exit` event. */
  readonly code: number;
  /** Whether there was an `online` event: the thread had begun to run JavaScript. */
  readonly online: boolean;
  /** Whether `terminate` was called by the launcher. */
  readonly killed: boolean;
  /** What the first `error` event carried, which may be `undefined`; null if there was none. */
  readonly thrown: { readonly error: unknown } | null;
  /** The URL of the worker's module, where the launcher knows it. */
  readonly entry: string | null;
}

/** The exit code of a worker that was terminated. */
const TERMINATED = 1;

/**
 * Decides how a worker ended, as its one exit. Pure and total: any code, any error, also a Proxy that traps everything.
 *
 * | it | exit |
 * |---|---|
 * | reached its memory limit, also before it ran | `out-of-memory` |
 * | failed before it ran, or its module was not found | `spawn-failed` |
 * | ended before it ran, with whatever code: by a preload, or terminated by somebody else | `spawn-failed` |
 * | threw, rejected unhandled, or has a module that does not parse | `failed` with the error |
 * | was terminated by the launcher, also before it ran | `cancelled` |
 * | ended with code 0, also after a stop | `completed` |
 * | ended with another code, or was terminated by somebody else | `failed` with the code |
 *
 * At the edge: an error beats the code, also code 0 and a kill; a worker that was killed and yet ended
 * with a code of its own keeps that code.
 *
 * @since 0.1.0
 * @example
 * const end = { code: 3, online: true, killed: false, thrown: null, entry: null };
 * workerExit(end); // => { kind: "failed", code: 3 }
 */
export function workerExit({ code, online, killed, thrown, entry }: WorkerEnd): Exit<undefined> {
  if (thrown) {
    const { error } = thrown;
    if (field(error, "code") === "ERR_WORKER_OUT_OF_MEMORY") {
      return { kind: "out-of-memory", error, code };
    }
    if (!online || isMissing(error, entry)) return { kind: "spawn-failed", error };
    return { kind: "failed", error, code };
  }
  if (killed && (code === TERMINATED || !online)) return { kind: "cancelled" };
  // Node gives code 0 to a worker that was terminated before it ran: nothing was completed.
  if (!online) return { kind: "spawn-failed", error: new Error(neverRan(code)) };
  return code === 0 ? { kind: "completed", code } : { kind: "failed", code };
}

function neverRan(code: number): string {
  return `the worker ended before its code ran, with code ${code}: terminated, or by a preload`;
}

/** Whether the worker's own module was not found, rather than one that it asked for. */
function isMissing(error: unknown, entry: string | null): boolean {
  const code = field(error, "code");
  if (code === "MODULE_NOT_FOUND") {
    // Node's CommonJS loader, which also finds the entry: nobody asked for that one.
    const askedBy = field(error, "requireStack");
    return Array.isArray(askedBy) && askedBy.length === 0;
  }
  // Its ESM loader, where there is a preload such as `--import`.
  return code === "ERR_MODULE_NOT_FOUND" && entry !== null && field(error, "url") === entry;
}

function field(value: unknown, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}
