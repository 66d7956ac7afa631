import type { ChildSlotOptions } from "@steadfast/child-slot";
import {
  type Exit,
  isFailure,
  type JournalEntry,
  PolicyOptionsError,
  type RestartPolicy,
  readOptions,
} from "@steadfast/policy";
import type { EventListener } from "./event-hub.js";

/** How one child is supervised. The child's own limits are those of `childSlot`. */
export interface SuperviseOptions extends Partial<ChildSlotOptions> {
  /** The one policy that decides about every launch but an operator's. */
  readonly policy: RestartPolicy;
  /** The one judge of exits. Default: all but `completed`, `cancelled` and `lost` are failures. */
  readonly isFailure?: (exit: Exit) => boolean;
  /** On a refusal with a time: wait and ask again, or end. Default `wait`. */
  readonly onNotYet?: "wait" | "end";
  /** Stops the supervision when it fires. */
  readonly signal?: AbortSignal;
  /** Hears every event, from the first launch on. */
  readonly onEvent?: EventListener;
  /** Takes what the child sends besides its reports. */
  readonly onMessage?: (message: unknown) => void;
  /** Takes one entry per event that the policy was told or asked. */
  readonly journal?: (entry: JournalEntry) => void;
}

/** The options in force; the slot's stand apart. */
export interface SuperviseSettings {
  readonly policy: RestartPolicy;
  readonly isFailure: (exit: Exit) => boolean;
  readonly onNotYet: "wait" | "end";
  readonly signal: AbortSignal | null;
  readonly onEvent: EventListener | null;
  readonly onMessage: ((message: unknown) => void) | null;
  readonly journal: ((entry: JournalEntry) => void) | null;
  readonly slot: ChildSlotOptions;
}

/** Checks the options. Throws `PolicyOptionsError`; those of the slot are checked by `childSlot`. */
export function superviseSettings(options: SuperviseOptions): SuperviseSettings {
  const read = readOptions("supervise", options);
  const fail = (key: string, allowed: string, got: unknown): never => {
    throw new PolicyOptionsError("supervise", key, allowed, got);
  };
  const callback = <Key extends "isFailure" | "onEvent" | "onMessage" | "journal">(key: Key) => {
    const value = options[key];
    read.raw(key);
    return value === undefined || typeof value === "function"
      ? value
      : fail(key, "a function", value);
  };

  const policy = options.policy as RestartPolicy | undefined;
  read.raw("policy");
  if (typeof policy?.step !== "function" || typeof policy.initial !== "function") {
    fail("policy", "a restart policy", policy);
  }
  const signal = options.signal ?? null;
  read.raw("signal");
  if (signal !== null && typeof signal.addEventListener !== "function") {
    fail("signal", "an AbortSignal", signal);
  }
  const settings = {
    policy: options.policy,
    isFailure: callback("isFailure") ?? isFailure,
    onNotYet: read.oneOf("onNotYet", ["wait", "end"], "wait"),
    signal,
    onEvent: callback("onEvent") ?? null,
    onMessage: callback("onMessage") ?? null,
    journal: callback("journal") ?? null,
  };

  const slot: Record<string, unknown> = { id: "child" };
  for (const key of SLOT_KEYS) {
    const value = read.raw(key);
    if (value !== undefined) slot[key] = value;
  }
  read.end();
  return { ...settings, slot: slot as unknown as ChildSlotOptions };
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
