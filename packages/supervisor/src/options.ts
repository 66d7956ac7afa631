import type { ChildSlotOptions, LimitView } from "@steadfast/child-slot";
import {
  type Exit,
  isFailure,
  type JournalEntry,
  type Millis,
  PolicyOptionsError,
  type RestartPolicy,
  readOptions,
} from "@steadfast/policy";
import { checkedBy, type PolicyCheck, type PolicyFinding } from "./check-policy.js";
import type { EventListener } from "./event-hub.js";
import { hasMethods, isFunction } from "./has-methods.js";
import type { Budget, SharedBudget } from "./shared-budget.js";
import { readSnapshot, type SavedSupervision } from "./snapshot.js";
import type { System } from "./system.js";

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

/** The options in force; the slot's stand apart. */
export interface SuperviseSettings {
  readonly policy: RestartPolicy;
  /** What is questionable about it. */
  readonly findings: readonly PolicyFinding[];
  readonly isFailure: (exit: Exit) => boolean;
  readonly onNotYet: "wait" | "end";
  readonly signal: AbortSignal | null;
  readonly onEvent: EventListener | null;
  readonly onMessage: ((message: unknown) => void) | null;
  readonly journal: ((entry: JournalEntry) => void) | null;
  readonly shared: Budget | null;
  readonly snapshot: SavedSupervision | null;
  readonly operatorLaunches: "free" | "ask";
  readonly delayCutBy: readonly ("reload" | "send")[];
  readonly reloadMessage: unknown;
  readonly restartLimit: ((state: unknown, now: Millis) => LimitView) | null;
  readonly slot: ChildSlotOptions;
}

const CUTS = ["reload", "send"] as const;

const isListOfCuts = (value: unknown) =>
  Array.isArray(value) && CUTS.filter((cut) => value.includes(cut)).length === value.length;

/** Checks the options. Throws `PolicyOptionsError`; those of the slot are checked by `childSlot`. */
export function superviseSettings(options: SuperviseOptions, system: System): SuperviseSettings {
  const read = readOptions("supervise", options);
  const callback = <Fallback>(key: keyof SuperviseOptions, fallback: Fallback) =>
    read.checked<Fallback>(key, "a function", isFunction, fallback);

  const shared = read.checked<Budget | null>(
    "shared",
    "what sharedBudget() made",
    hasMethods("join"),
    null,
  );
  if (shared && shared.system !== system) {
    const allowed = "a budget of the same system, whose clock it counts with";
    throw new PolicyOptionsError("supervise", "shared", allowed, "another one");
  }
  const saved = read.raw("snapshot");
  const check = callback<PolicyCheck | null>("check", null);
  const settings = {
    policy: read.checked<RestartPolicy>(
      "policy",
      "a restart policy",
      hasMethods("step", "initial"),
    ),
    isFailure: callback("isFailure", isFailure),
    onNotYet: read.oneOf("onNotYet", ["wait", "end"], "wait"),
    signal: read.checked<AbortSignal | null>(
      "signal",
      "an AbortSignal",
      (signal) => signal === null || hasMethods("addEventListener")(signal),
      null,
    ),
    onEvent: callback<EventListener | null>("onEvent", null),
    onMessage: callback("onMessage", null),
    journal: callback("journal", null),
    shared,
    snapshot: saved === undefined ? null : readSnapshot(saved),
    operatorLaunches: read.oneOf("operatorLaunches", ["free", "ask"], "free"),
    delayCutBy: [
      ...read.checked(
        "delayCutBy",
        "an array of reload, send, each at most once",
        isListOfCuts,
        [],
      ),
    ],
    reloadMessage: read.raw("reloadMessage") ?? "reload",
    restartLimit: callback("restartLimit", null),
  };
  const slot: Record<string, unknown> = { id: "child" };
  for (const key of SLOT_KEYS) {
    const value = read.raw(key);
    if (value !== undefined) slot[key] = value;
  }
  read.end();
  const findings = check ? checkedBy(check, options) : [];
  return { ...settings, findings, slot: slot as unknown as ChildSlotOptions };
}

const SLOT_KEYS: readonly (keyof ChildSlotOptions)[] = [
  "id",
  "path",
  "readiness",
  "readyTimeoutMs",
  "healthyAfterMs",
  "heartbeatTimeoutMs",
  "gracePeriodMs",
  "abandonAfterMs",
];
