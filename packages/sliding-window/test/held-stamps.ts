import type { SlidingWindowState } from "../src/index.js";

/** The stamps a state holds, oldest first, without those that are dropped but not yet released. */
export function heldStamps({ skip, cold, tail }: SlidingWindowState): readonly number[] {
  return storedStamps({ cold, tail }).slice(skip);
}

/** Every stamp that is somewhere in the state. */
export function storedStamps({
  cold,
  tail,
}: Pick<SlidingWindowState, "cold" | "tail">): readonly number[] {
  return [...(cold as readonly unknown[]).flat(9), ...tail] as readonly number[];
}
