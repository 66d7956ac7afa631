import type { Exit } from "@steadfast/policy";

/**
 * Everything is a failure but a run that completed, and one whose end nobody saw: `lost` comes with a
 * handover from supervisor to supervisor, which none of the sources has.
 */
export function notCompleted(exit: Exit): boolean {
  return exit.kind !== "completed" && exit.kind !== "lost";
}
