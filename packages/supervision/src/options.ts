import type { ChildSlotOptions, LimitView } from "@steadfast/child-slot";
import type { Exit, Millis, RemotePolicy, RestartPolicy } from "@steadfast/policy";

/**
 * How one child is supervised. The child's own limits are those of `childSlot`; it has no name here,
 * so that one supervision can serve all children of a kind.
 * @since 0.1.0
 */
export interface SupervisionOptions extends Omit<ChildSlotOptions, "id" | "path"> {
  /** The one policy that decides about every launch but an operator's. */
  readonly policy: RestartPolicy | RemotePolicy;
  /**
   * The one judge of exits: pure, called once per exit. Default: all but `completed`, `cancelled` and
   * `lost` are failures.
   */
  readonly isFailure?: (exit: Exit) => boolean;
  /** On a refusal with a time: wait and ask again, or treat it as final. Default `wait`. */
  readonly onNotYet?: "wait" | "end";
  /**
   * On a final refusal: `end` the supervision, or `hold` it until an operator's `restart` or `reset`.
   * Default `end`.
   */
  readonly onRefused?: "end" | "hold";
  /**
   * Whether an operator's launches are asked of the policy, with the cause `operator`. Default `free`:
   * they are not.
   */
  readonly operatorLaunches?: "free" | "ask";
  /** What ends the delay of an admitted launch at once. Default: nothing. */
  readonly delayCutBy?: readonly ("reload" | "send")[];
  /** The policy of a budget that others draw on, too; its state comes with each event. Default: none. */
  readonly shared?: RestartPolicy;
  /** Reads the restart limit off the policy's state, for the record: pure. Default: it has none. */
  readonly restartLimit?: (state: unknown, now: Millis) => LimitView;
  /** Looks at the child from outside. Default: nobody does. */
  readonly probe?: ProbeOptions;
  /** Planned restarts, which cost no budget and are no failures. Default: none. */
  readonly recycle?: RecycleOptions;
  /**
   * How long all attempts together may take, from `begin`, in whole milliseconds from 0 to 2^53-1. At
   * exactly this age the attempt that is there is ended as by a stop; a next one, or another question to the policy,
   * that would come then or later is refused for good, with the reason `deadline`. 0: no attempt. Default, and
   * Infinity: no such limit.
   */
  readonly deadlineMs?: number;
  /** How many standbys are kept ready, from 0 to 1 000. Default 0. */
  readonly standby?: number;
  /** Whether every step of the policy is an effect `note`, for a journal. Default true. */
  readonly notes?: boolean;
}

/**
 * How a child is looked at from outside. Durations are whole milliseconds, up to 2^53-1.
 * @since 0.1.0
 */
export interface ProbeOptions {
  /**
   * `readiness`: the first success makes it ready, so many failures in a row make it not ready.
   * `liveness`: once it is ready, so many failures in a row end it as `unhealthy`. `both`: the first
   * success makes it ready, and failures from then on end it. Default `both` with explicit readiness,
   * else `liveness`.
   */
  readonly for?: "readiness" | "liveness" | "both";
  /**
   * From one probe to the next, from 1 to 2^53-1; the next never starts before the last is answered.
   * Default 10 000.
   */
  readonly periodMs?: number;
  /** An answer that takes this long, or longer, is a failure: from 1 to 2^53-1. Default 1 000. */
  readonly timeoutMs?: number;
  /** How many failures in a row count: from 1 to 2^53-1. Default 3. */
  readonly failures?: number;
}

/**
 * When an attempt is replaced by plan.
 * @since 0.1.0
 */
export interface RecycleOptions {
  /** Exactly so long after it was ready for the first time. Whole, at least 1. Default: at no age. */
  readonly ageMs?: number;
  /** After so many uses, told by the report `used`. Whole, at least 1. Default: any number. */
  readonly uses?: number;
  /**
   * The share of each limit that each attempt draws by chance, so that siblings do not go
   * at once: 0.2 means from 80 % of the limit (not included) to 100 % (included). From 0 to 1. Default 0.
   */
  readonly spread?: number;
}
