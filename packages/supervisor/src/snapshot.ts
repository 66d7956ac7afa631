// Handing a supervision over to the next process: everything that is remembered, as plain JSON.
//
// - Instants are on the system's clock, which counts from the epoch, so they mean the same next time.
// - A wait that was pending goes on to its instant. An attempt that was alive is told as an exit of kind
//   `lost`, and its restart is asked for: a crash loop is not forgotten when its supervisor dies.
// - A supervision that was stopped, or is over, is not taken up again.

import type { SlotState } from "@steadfast/child-slot";
import { type Millis, readState, within } from "@steadfast/policy";
import type { Wait } from "./wait.js";

const VERSION = 1;

/**
 * A supervision as plain JSON.
 * @since 0.1.0
 */
export interface SupervisorSnapshot {
  /** Of the format. */
  readonly version: 1;
  /** When it was taken. */
  readonly at: Millis;
  /** What the policy and the slot remember. */
  readonly states: {
    /** The policy's own state; a shared budget is saved by itself. */
    readonly policy: unknown;
    /** The child's lifecycle. */
    readonly slot: SlotState;
  };
  /** What was waited for. */
  readonly pending: Wait | null;
}

export function takeSnapshot(
  at: Millis,
  policy: unknown,
  slot: SlotState,
  pending: Wait | null,
): SupervisorSnapshot {
  return { version: VERSION, at, states: { policy, slot }, pending };
}

/** A saved supervision whose outer shape is right; the states are checked by those they belong to. */
export interface SavedSupervision {
  readonly policy: unknown;
  readonly slot: unknown;
  readonly pending: Wait | null;
}

/**
 * Reads the outer shape of a saved supervision.
 * @throws PolicyStateError that names the path of the first bad field.
 */
export function readSnapshot(raw: unknown): SavedSupervision {
  const saved = readState(raw);
  saved.whole("version", VERSION, VERSION);
  saved.whole("at", Number.MIN_SAFE_INTEGER);
  const states = within("states", () => readState(saved.raw("states")));
  const slot = states.raw("slot");
  within("states.slot", () =>
    readState(slot).checked(
      "open",
      "true: this supervision was stopped for good",
      (open) => open !== false,
    ),
  );
  return { policy: states.raw("policy"), slot, pending: readWait(saved.raw("pending")) };
}

function readWait(raw: unknown): Wait | null {
  if (raw === null) return null;
  return within("pending", () => {
    const read = readState(raw);
    return {
      for: read.oneOf("for", ["delay", "not-yet"] as const),
      until: read.whole("until", Number.MIN_SAFE_INTEGER),
      cause: read.oneOf("cause", ["start", "restart", "operator"] as const),
    };
  });
}
