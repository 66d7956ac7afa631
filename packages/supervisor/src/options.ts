import type { JournalEntry, RestartPolicy } from "@steadfast/policy";
import type { ProbeOptions, SupervisionOptions } from "@steadfast/supervision";
import type { EventListener } from "./event-hub.js";
import type { PolicyFinding } from "./policy-finding.js";
import type { ProbeCheck } from "./prober.js";
import type { SharedBudget } from "./shared-budget.js";

/**
 * How one child is supervised: the rules are those of `supervision`, the rest is for the driver.
 * @since 0.1.0
 */
export interface SuperviseOptions extends Omit<SupervisionOptions, "shared" | "notes" | "probe"> {
  /** The child's stable name, not blank. Default `child`. */
  readonly id?: string;
  /** Its place in a tree of supervisors, not blank. Default `/` and the id. */
  readonly path?: string;
  /**
   * Looks at the policy once, before anything is launched: `lint` of `@steadfast/analysis` is made for it.
   * An error that it finds is a `PolicyOptionsError`; a warning is an event `finding`. Default:
   * nobody looks.
   */
  readonly check?: PolicyCheck;
  /** Stops the supervision when it fires. Default: none. */
  readonly signal?: AbortSignal;
  /** Hears every event, from the first launch on. Default: nobody. */
  readonly onEvent?: EventListener;
  /** Takes what the child sends besides its reports. Default: it is dropped. */
  readonly onMessage?: (message: unknown) => void;
  /**
   * Takes one entry per event that the policy got, with its decision, and beside it, for `explain`, what the policy
   * remembered before, plain JSON; null where it was not asked. Default: none is kept.
   */
  readonly journal?: (entry: JournalEntry, before: unknown) => void;
  /**
   * A budget that other supervisions draw on, too: its consent is needed besides the policy's.
   * Default: none.
   */
  readonly shared?: SharedBudget;
  /**
   * What `handle.snapshot()` gave, perhaps in a process that is gone: the supervision continues from it.
   * Default: it begins with a fresh state.
   */
  readonly snapshot?: unknown;
  /** What `reload()` sends to the child. Default: `"reload"`. */
  readonly reloadMessage?: unknown;
  /** Looks at the child from outside, by a function of yours. Default: nobody does. */
  readonly probe?: SuperviseProbe;
}

/**
 * How a child is looked at from outside, and by what.
 * @since 0.1.0
 */
export interface SuperviseProbe extends ProbeOptions {
  /** Looks at the child: true if it is well. */
  readonly check: ProbeCheck;
}

/**
 * Looks at a policy, and at the options that it is to be used with, before it is used.
 * @since 0.1.0
 */
export type PolicyCheck = (
  policy: RestartPolicy,
  options: SuperviseOptions,
) => readonly PolicyFinding[];
