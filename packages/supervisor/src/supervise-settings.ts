// Checks the options of `supervise` once, and fills in what is left out.

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
import { checkedBy } from "./check-policy.js";
import type { EventListener } from "./event-hub.js";
import { hasMethods, isFunction } from "./has-methods.js";
import type { PolicyCheck, SuperviseOptions } from "./options.js";
import type { PolicyFinding } from "./policy-finding.js";
import type { Budget } from "./shared-budget.js";
import { readSnapshot, type SavedSupervision } from "./snapshot.js";
import type { System } from "./system.js";

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
