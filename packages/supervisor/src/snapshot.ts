// Handing a supervision over to the next process: everything that is remembered, as plain JSON.
//
// - Instants are on the system's clock, which counts from the epoch, so they mean the same next time.
// - A wait that was pending goes on to its instant, and never lasts longer than was left of it. An
//   attempt that was alive is reported as an exit of kind `lost`, and its restart is asked for: a crash loop
//   is not forgotten when its supervisor dies.
// - A supervision that was stopped, or is over, is not taken up again.
// - Members that the policy has now, and had not when the snapshot was taken, begin from their initial
//   state; an event says so.
//
// What is in it is the supervision's: `Supervision.parse` reads it, and what version 1 wrote, too.

import {
  type ChangedMembers,
  changedMembers,
  isRemotePolicy,
  type Millis,
  PolicyStateError,
  type RemotePolicy,
  type RestartPolicy,
} from "@steadfast/policy";
import type { Supervision, SupervisionState } from "@steadfast/supervision";

const VERSION = 2;

/**
 * A supervision as plain JSON.
 * @since 0.1.0
 */
export interface SupervisorSnapshot {
  /** Of the format. */
  readonly version: 2;
  /** When it was taken. */
  readonly at: Millis;
  /** Everything that the supervision remembers. */
  readonly supervision: SupervisionState;
}

export function takeSnapshot(at: Millis, supervision: SupervisionState): SupervisorSnapshot {
  return { version: VERSION, at, supervision };
}

/**
 * Reads a saved supervision, if it can be taken up.
 * @throws PolicyStateError that names the path of the first bad field, or says how it ended.
 */
export function takeUp(machine: Supervision, saved: unknown, now: Millis): SupervisionState {
  const state = machine.parse(saved, now);
  const { ending, slot } = state;
  if (ending) {
    const how = ending.type === "refused" ? `refused (${ending.reason})` : ending.type;
    throw new PolicyStateError("supervision.ending", "null: this supervision is over", how);
  }
  if (!slot.open) {
    const open = "true: this supervision was stopped for good";
    throw new PolicyStateError("states.slot.open", open, "false");
  }
  return state;
}

/** Which members of the policy a snapshot that was taken up does not know, or no member needs; null for none. */
export function changeSince(
  snapshot: unknown,
  policy: RestartPolicy | RemotePolicy,
): ChangedMembers | null {
  if (isRemotePolicy(policy)) return null;
  type Saved = { readonly policy?: unknown };
  const read = snapshot as Saved & { readonly states?: Saved; readonly supervision?: Saved };
  const changed = changedMembers(policy, (read.supervision ?? read.states ?? read).policy);
  return changed.fresh.length + changed.dropped.length > 0 ? changed : null;
}
