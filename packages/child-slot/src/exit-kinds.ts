import type { ExitKind } from "@steadfast/policy";

const known: Readonly<Record<ExitKind, true>> = {
  completed: true,
  failed: true,
  signalled: true,
  "out-of-memory": true,
  "timed-out": true,
  cancelled: true,
  "spawn-failed": true,
  unhealthy: true,
  abandoned: true,
  lost: true,
};

/** Every kind of exit; the compiler insists on a complete list. */
export const EXIT_KINDS = Object.keys(known) as readonly ExitKind[];
