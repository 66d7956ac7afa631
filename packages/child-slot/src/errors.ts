import type { SlotEventType } from "./alphabet.js";
import type { SlotStatus } from "./state.js";

/**
 * An event that cannot happen in this state, or is wrong in itself. Nothing was changed. The
 * message names the slot, the event and why it is impossible.
 *
 * Fix: step the slot only with what has happened, in order: a launch when it is free, reports of
 * generations that were launched. Events from outside can be checked with `eventFault` first.
 *
 * @since 0.1.0
 */
export class IllegalTransitionError extends Error {
  override readonly name = "IllegalTransitionError";
  readonly code = "ERR_ILLEGAL_TRANSITION";
  /** The status in which the slot was, and still is. */
  declare readonly status: SlotStatus;
  /** The type of the event that was turned away. */
  declare readonly event: SlotEventType;

  constructor(id: string, status: SlotStatus, event: SlotEventType, why: string) {
    super(`${id}: "${event}" is impossible: ${why}`);
    Object.assign(this, { status, event });
  }
}

/**
 * True for an `IllegalTransitionError` of any copy of this package.
 * @since 0.1.0
 */
export function isIllegalTransitionError(error: unknown): error is IllegalTransitionError {
  return error instanceof Error && (error as { code?: unknown }).code === "ERR_ILLEGAL_TRANSITION";
}
