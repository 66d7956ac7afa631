// What a parent learns of a process from `wait`: a code, or a signal. A task that returned counts as
// code 0; one that threw has neither.

import type { Exit } from "@steadfast/policy";

/** The exit code, the name of the signal, or null where there is neither. */
export function statusOf(exit: Exit): number | string | null {
  switch (exit.kind) {
    case "completed":
      return exit.code ?? 0;
    case "failed":
    case "out-of-memory":
      return exit.code ?? null;
    case "signalled":
      return exit.signal;
    case "timed-out":
    case "unhealthy":
      return exit.ended ? statusOf(exit.ended) : null;
    default:
      return null;
  }
}
