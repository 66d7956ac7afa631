import type { Millis } from "@steadfast/policy";
import type { Alarm } from "./alarm.js";

/**
 * The one entry that a supervisor has in the shared alarm: moved, not multiplied. What is returned sets
 * it: to ring at an instant or later, or never for null. The instant that is set already stays.
 */
export function wakeUp(alarm: Alarm, ring: () => void): (at: Millis | null) => void {
  let set: Millis | null = null;
  let cancel = () => {};
  return (at) => {
    if (at === set) return;
    cancel();
    set = at;
    if (at === null) return;
    cancel = alarm.set(at, () => {
      set = null;
      ring();
    });
  };
}
