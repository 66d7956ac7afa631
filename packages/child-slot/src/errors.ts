import type { SlotEventType } from "./alphabet.js";
import type { SlotStatus } from "./state.js";

/** An event that cannot happen in this state, or is wrong in itself. Nothing was changed. */
export class IllegalTransitionError extends Error {
  override readonly name = "IllegalTransitionError";
  readonly code = "ERR_ILLEGAL_TRANSITION";
  readonly status: SlotStatus;
  readonly event: SlotEventType;

  constructor(id: string, status: SlotStatus, event: SlotEventType, why: string) {
    super(`${id}: "${event}" is impossible: ${why}`);
    this.status = status;
    this.event = event;
  }
}

/** True for an `IllegalTransitionError` of any copy of this package. */
export function isIllegalTransitionError(error: unknown): error is IllegalTransitionError {
  return error instanceof Error && (error as { code?: unknown }).code === "ERR_ILLEGAL_TRANSITION";
}
