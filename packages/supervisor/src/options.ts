import type { ChildSlotOptions, LimitView } from "@steadfast/child-slot";
import type { Exit, JournalEntry, Millis, RestartPolicy } from "@steadfast/policy";
import type { EventListener } from "./event-hub.js";
import type { PolicyFinding } from "./policy-finding.js";
import type { SharedBudget } from "./shared-budget.js";

/**
 * How one child is supervised. The child's own limits are those of `childSlot`.
 * @since 0.1.0
 */
export interface SuperviseOptions extends Partial<ChildSlotOptions> {
  /** The one policy that decides about every launch but an operator's. */
  readonly policy: RestartPolicy;
  /**
   * Looks at the policy once, before anything is launched: `lint` of `@steadfast/analysis` is made for it.
   * An error that it finds is a `PolicyOptionsError`; a warning is told as an event `finding`. Default:
   * nobody looks.
   */
  readonly check?: PolicyCheck;
  /** The one judge of exits. Default: all but `completed`, `cancelled` and `lost` are failures. */
  readonly isFailure?: (exit: Exit) => boolean;
  /** On a refusal with a time: wait and ask again, or end. Default `wait`. */
  readonly onNotYet?: "wait" | "end";
  /** Stops the supervision when it fires. Default: none. */
  readonly signal?: AbortSignal;
  /** Hears every event, from the first launch on. Default: nobody. */
  readonly onEvent?: EventListener;
  /** Takes what the child sends besides its reports. Default: it is dropped. */
  readonly onMessage?: (message: unknown) => void;
  /** Takes one entry per event that the policy was told or asked. Default: none is kept. */
  readonly journal?: (entry: JournalEntry) => void;
  /**
   * A budget that other supervisions draw on, too: its consent is needed besides the policy's.
   * Default: none.
   */
  readonly shared?: SharedBudget;
  /**
   * What `handle.snapshot()` gave, perhaps in a process that is gone: the supervision goes on from it.
   * Default: it begins afresh.
   */
  readonly snapshot?: unknown;
  /**
   * Whether an operator's launches (`restart`, `resume`) are asked of the policy, with the cause
   * `operator`. `free` (default): no. `ask`: yes, at the moment of the order, and a refusal goes to the
   * caller.
   */
  readonly operatorLaunches?: "free" | "ask";
  /** What ends the delay of an admitted launch at once: `reload()`, `send()`. Default: neither. */
  readonly delayCutBy?: readonly ("reload" | "send")[];
  /** What `reload()` sends to the child. Default: `"reload"`. */
  readonly reloadMessage?: unknown;
  /**
   * Reads the restart limit off the policy's state, for the record: see `windowView`. Default: the
   * record has none.
   */
  readonly restartLimit?: (state: unknown, now: Millis) => LimitView;
}

/**
 * Looks at a policy, and at the options that it is to be used with, before it is used.
 * @since 0.1.0
 */
export type PolicyCheck = (
  policy: RestartPolicy,
  options: SuperviseOptions,
) => readonly PolicyFinding[];
