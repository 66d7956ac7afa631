import type { SlidingWindowState } from "@steadfast/sliding-window";

/** The stamps that a window holds, oldest first. */
export function heldStamps(window: unknown): readonly number[] {
  const { stamps } = window as SlidingWindowState;
  return (stamps as readonly unknown[]).flat(9) as readonly number[];
}
