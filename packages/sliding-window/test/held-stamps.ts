import type { SlidingWindowState } from "../src/index.js";

/** The stamps a state holds, oldest first. */
export function heldStamps({ stamps }: SlidingWindowState): readonly number[] {
  return (stamps as readonly unknown[]).flat(9) as readonly number[];
}
