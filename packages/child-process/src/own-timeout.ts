// A process library may end a child itself, for a time limit of its own: then its promise says so, and the exit shows no
// more than the signal.

import type { Exit } from "@steadfast/policy";

/** What such a promise settles with, either way; execa's words. */
interface Settled {
  readonly timedOut?: unknown;
  /** How long the child has lived, in milliseconds. */
  readonly durationMs?: unknown;
}

/** What a promise settles with, whether it is kept or broken. Never rejects. */
export function settledWith(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => value,
    (error: unknown) => error,
  );
}

/** The exit, as what was settled with explains it. Errors: none; what cannot be read explains nothing. */
export function explained(exit: Exit<undefined>, settled: unknown): Exit<undefined> {
  try {
    const { timedOut, durationMs } = (settled ?? {}) as Settled;
    if (timedOut !== true || !Number.isFinite(durationMs)) return exit;
    return { kind: "timed-out", afterMs: Math.max(0, Math.floor(Number(durationMs))), ended: exit };
  } catch {
    return exit;
  }
}
