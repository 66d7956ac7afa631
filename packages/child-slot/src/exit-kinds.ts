import type { ExitKind } from "@steadfast/policy";

/** Every kind of exit; that the list is complete is checked by a type test. */
export const EXIT_KINDS = [
  "completed",
  "failed",
  "signalled",
  "out-of-memory",
  "timed-out",
  "cancelled",
  "spawn-failed",
  "unhealthy",
  "abandoned",
  "lost",
] as const satisfies readonly ExitKind[];
