// What a supervision remembers: plain JSON, independent of its options.

import type { SlotState } from "@steadfast/child-slot";
import type { Millis, RestartEvent } from "@steadfast/policy";
import type { Ending } from "./effects.js";
import type { LaunchCause } from "./events.js";

/**
 * The state of the supervision of one child.
 * @since 0.1.0
 */
export interface SupervisionState<State = unknown> {
  /** The child's lifecycle. */
  readonly slot: SlotState;
  /** What the child's own policy remembers; null for a remote one. */
  readonly policy: State;
  /** What is waited for while there is no child. */
  readonly wait: PendingWait | null;
  /** The attempt that is there, or about to be; null for none. */
  readonly seat: Seat | null;
  /** The verdict on the last exit; null before the first. */
  readonly failed: boolean | null;
  /** How many exits in a row were failures. */
  readonly failures: number;
  /** How many children were given up and have not been seen to end. */
  readonly abandoned: number;
  /** Whether the next child is to be sent the reload message. */
  readonly reload: boolean;
  /** The final refusal that it is held by; null while it is not. */
  readonly held: Held | null;
  /** How it will end, or has ended; null while it goes on. */
  readonly ending: Ending | null;
  /** Whether it is over: nothing happens any more. */
  readonly over: boolean;
  /** Whether `restartLimit` has thrown and is not called any more. */
  readonly unlimited: boolean;
  /** What a remote policy does not know yet; null for any other policy. */
  readonly remote: RemoteState | null;
  /** What is kept ready; null where nothing is to be. */
  readonly standby: StandbyState | null;
  /** When its time began to run; left out where there is no deadline. */
  readonly begunAt?: Millis;
}

/**
 * What is waited for.
 * @since 0.1.0
 */
export interface PendingWait {
  /** `delay`: the launch is admitted. `not-yet`: the policy is to be asked again. */
  readonly for: "delay" | "not-yet";
  /** Why there is to be a launch. */
  readonly cause: LaunchCause;
  /** When the policy answered. */
  readonly since: Millis;
  /** The instant at which the wait is over. */
  readonly until: Millis;
  /** Why it is "not yet": the policy's stable code; null for a delay. */
  readonly reason: string | null;
}

/**
 * An attempt, as far as it is not the slot's.
 * @since 0.1.0
 */
export interface Seat {
  /** Why it was launched. */
  readonly cause: LaunchCause;
  /** Whether it is known to be there. */
  readonly launched: boolean;
  /** Its process id, where it has one. */
  readonly pid: number | null;
  /** Its thread id, where it has one. */
  readonly threadId: number | null;
  /** When its process was started, as the system says it: with `pid` it is known again. Left out where nobody knows. */
  readonly startTime?: string;
  /** What is known from looking at it; null where nobody looks. */
  readonly probe: ProbeState | null;
  /** What is left until it is recycled; null where it is not. */
  readonly recycle: RecycleState | null;
}

/**
 * Why a supervision is held.
 * @since 0.1.0
 */
export interface Held {
  /** The policy's stable code. */
  readonly reason: string;
  /** What was refused. */
  readonly cause: LaunchCause;
}

/**
 * Where a series of probes stands.
 * @since 0.1.0
 */
export interface ProbeState {
  /** The number of the last probe; 0 before the first. */
  readonly probe: number;
  /** When it was asked; null while no answer is awaited. */
  readonly askedAt: Millis | null;
  /** Whether its time was started again once, because the host itself had been late. */
  readonly excused: boolean;
  /** When the next one is due. */
  readonly nextAt: Millis;
  /** How many in a row failed. */
  readonly misses: number;
}

/**
 * What is left until an attempt is recycled.
 * @since 0.1.0
 */
export interface RecycleState {
  /** Its age limit, as drawn, until it is ready for the first time; null afterwards, and for none. */
  readonly ageMs: Millis | null;
  /** The instant of its age limit; null before it is ready, and for none. */
  readonly at: Millis | null;
  /** How many uses are left; null for any number. */
  readonly uses: number | null;
}

/**
 * What is kept ready to be launched.
 * @since 0.1.0
 */
export interface StandbyState {
  /** The number that the next one gets. */
  readonly next: number;
  /** Those that are there, oldest first. */
  readonly list: readonly Standby[];
  /** What a replacement waits for; null while none is awaited. */
  readonly wait: PendingWait | null;
  /** Whether the policy refused a replacement for good; until the next launch. */
  readonly spent: boolean;
}

/**
 * One prepared resource.
 * @since 0.1.0
 */
export interface Standby {
  /** Its number. */
  readonly standby: number;
  /** When it was prepared. */
  readonly since: Millis;
  /** Whether it is ready to be launched. */
  readonly up: boolean;
}

/**
 * What is between a supervision and its remote policy.
 * @since 0.1.0
 */
export interface RemoteState {
  /** The number that the next question gets. */
  readonly next: number;
  /** Facts that no answer has covered yet: oldest first, at most 64, plain JSON. */
  readonly facts: readonly RestartEvent[];
  /** The question that is open; null for none. */
  readonly asking: Asking | null;
}

/**
 * A question put to a remote policy.
 * @since 0.1.0
 */
export interface Asking {
  /** Its number. */
  readonly ask: number;
  /** What is asked for. */
  readonly cause: LaunchCause;
  /** The draw that went with it. */
  readonly draw: number;
  /** The wall time that went with it. */
  readonly wall: Millis;
  /** How many of the facts went with it. */
  readonly told: number;
  /** How much of the delay had passed when it was put: the child's end was seen out for so long. Left out: nothing. */
  readonly lingeredMs?: Millis;
}
