// What makes two states of a supervision the same to the exploration, so that it comes to an end.
//
// 1. Time is relative. No rule compares an instant with anything but `now` or another instant (a law of the
//    core: a shifted script gives shifted states). So a state is moved until `now` is always the same.
// 2. What is long ago is equally long ago. An instant is read only by "is it at least so long ago", with
//    the durations of the options; older than the longest of them by a margin, every answer is yes. The
//    margin is one millisecond more than a tenth, for the rule about late looks.
// 3. Generations count as -1, 0 and 1. They are only compared with those of reports, and the exploration
//    gives reports of the present generation and of the last one; numbers are never computed with.
// 4. Counters are held at a number that no limit in the options reaches (3 by default): beyond it they
//    behave alike. A policy with larger limits wants a larger number.
// 5. What no rule reads is left out: how the last attempt ended (only the verdict counts), how many failed
//    in a row or were given up, process and thread ids, since when and why it waits, who asked for a
//    restart and when, since when it is ready unless health counts from it.
//
// Points 1 to 3 and 5 hold for every policy of the contract that keeps instants as numbers. A policy that
// computes with an instant in another way (a calendar) cannot be explored by this.

import type { SlotState } from "@steadfast/child-slot";
import type { SupervisionState } from "@steadfast/supervision";

/** The instant at which every state is looked at: far from 0, so that instants differ from counts. */
export const NOW = 1_000_000_000;

export interface Abstraction {
  /** Instants this old, or older, are equally old. */
  readonly ageMs: number;
  /** Counters are held here. */
  readonly most: number;
  /** Whether health counts from `readyAt`. */
  readonly readsReadyAt: boolean;
}

/** The state, moved from `now` to `NOW`, without what no rule can tell apart. */
export function abstracted(
  state: SupervisionState,
  now: number,
  abstraction: Abstraction,
): SupervisionState {
  const moved = move(state, now - NOW, abstraction) as SupervisionState;
  return {
    ...moved,
    failures: 0,
    abandoned: 0,
    wait: moved.wait && { ...moved.wait, since: NOW, reason: null },
    slot: abstractedSlot(moved.slot, abstraction),
    seat: moved.seat && { ...moved.seat, pid: null, threadId: null, cause: "restart" },
    remote: moved.remote && withoutNumbers(moved.remote),
  };
}

function move(value: unknown, byMs: number, abstraction: Abstraction): unknown {
  if (typeof value === "number") {
    if (value > NOW / 2) return NOW + Math.max(-abstraction.ageMs, value - byMs - NOW);
    return Number.isSafeInteger(value) ? Math.min(value, abstraction.most) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => move(part, byMs, abstraction));
  const moved: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    moved[key] = move(value[key as keyof typeof value], byMs, abstraction);
  }
  return moved;
}

function abstractedSlot(slot: SlotState, { readsReadyAt }: Abstraction): SlotState {
  const { phase } = slot;
  const generation = Math.min(slot.generation, 1);
  return {
    ...slot,
    generation,
    attempt: generation + 1,
    restarts: Math.max(0, generation),
    lastExit: null,
    phase:
      phase.status === "ready" && !readsReadyAt
        ? { ...phase, readyAt: NOW }
        : phase.status === "cancelling" && phase.pending
          ? { ...phase, pending: { ...ANYBODY, duplicates: 0 } }
          : phase,
  };
}

const ANYBODY = { requester: "anybody", reason: "any", requestedAt: NOW };

/**
 * Questions are compared with answers by number only, and the exploration answers the open one. Of the
 * facts only this is read: whether a `reset` came after the open question.
 */
function withoutNumbers(remote: NonNullable<SupervisionState["remote"]>) {
  const { asking, facts } = remote;
  const isLater = facts.slice(asking?.told ?? 0).some(({ type }) => type === "reset");
  return {
    next: 2,
    facts: isLater ? [{ type: "reset" } as const] : [],
    asking: asking && { ...asking, ask: 1, draw: 0.5, wall: 0, told: 0 },
  };
}
