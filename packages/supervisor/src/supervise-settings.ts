// Checks the options of `supervise` once, and fills in what is left out.

import {
  type JournalEntry,
  type OptionsReader,
  PolicyOptionsError,
  type RemotePolicy,
  type RestartPolicy,
  readOptions,
} from "@steadfast/policy";
import {
  probeSettings,
  type SupervisionOptions,
  type SupervisionSettings,
  supervisionSettings,
} from "@steadfast/supervision";
import { checkedBy } from "./check-policy.js";
import type { EventListener } from "./event-hub.js";
import { hasMethods, isAbortSignal, isFunction } from "./has-methods.js";
import type { PolicyCheck, SuperviseOptions, SuperviseProbe } from "./options.js";
import type { PolicyFinding } from "./policy-finding.js";
import type { ProbeCheck } from "./prober.js";
import type { Budget } from "./shared-budget.js";
import type { System } from "./system.js";

/** What a driver needs to know besides the supervision. */
export interface SuperviseSettings {
  readonly id: string;
  readonly path: string;
  readonly policy: RestartPolicy | RemotePolicy;
  /** What is questionable about it. */
  readonly findings: readonly PolicyFinding[];
  readonly signal: AbortSignal | null;
  readonly onEvent: EventListener | null;
  readonly onMessage: ((message: unknown) => void) | null;
  readonly journal: ((entry: JournalEntry, before: unknown) => void) | null;
  readonly shared: Budget | null;
  /** What was saved, as it is; undefined for none. */
  readonly snapshot: unknown;
  readonly reloadMessage: unknown;
  readonly check: ProbeCheck | null;
  readonly standby: number;
  /** Whether attempts are replaced after so many uses. */
  readonly countsUses: boolean;
  readonly operatorLaunches: "free" | "ask";
}

type OwnOptions = Omit<SuperviseOptions, "shared" | "probe">;

/** What is read from one reader: the driver's options and the supervision's. */
type Options = OwnOptions & SupervisionOptions;

const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";

/** The options, for the driver and for the supervision. Throws `PolicyOptionsError`. */
export function superviseSettings(
  options: SuperviseOptions,
  system: System,
): readonly [SuperviseSettings, SupervisionSettings] {
  const read = readOptions<Options>("supervise", options as OwnOptions);
  const callback = <Fallback>(key: keyof Options, fallback: Fallback) =>
    read.checked<Fallback>(key, "a function", isFunction, fallback);

  const text = "a text, not blank";
  const id: string = read.checked("id", text, isText, "child");
  const path: string = read.checked("path", text, isText, `/${id}`);
  const shared = sharedOf(read, system);
  const check = callback<PolicyCheck | null>("check", null);
  const journal = callback<SuperviseSettings["journal"]>("journal", null);
  const probe = read.raw("probe") as SuperviseProbe | undefined;
  const rules = supervisionSettings(read, "supervise", {
    shared: shared?.policy ?? null,
    notes: journal !== null,
    probe: probe === undefined ? null : probeOf(probe, options.readiness),
  });
  const { policy, standby, recycle, operatorLaunches } = rules;
  const settings = {
    id,
    path,
    policy,
    signal: read.checked<AbortSignal | null>(
      "signal",
      "an AbortSignal",
      (signal) => signal === null || isAbortSignal(signal),
      null,
    ),
    onEvent: callback<EventListener | null>("onEvent", null),
    onMessage: callback<SuperviseSettings["onMessage"]>("onMessage", null),
    journal,
    shared,
    snapshot: read.raw("snapshot"),
    reloadMessage: read.raw("reloadMessage") ?? "reload",
    check: probe?.check ?? null,
    standby,
    countsUses: (recycle?.uses ?? null) !== null,
    operatorLaunches,
  };
  read.end();
  const findings = check ? checkedBy(check, options) : NO_FINDINGS;
  return [{ ...settings, findings }, rules];
}

const NO_FINDINGS: readonly PolicyFinding[] = [];

function sharedOf(read: OptionsReader<Options>, system: System): Budget | null {
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
  return shared;
}

function probeOf({ check, ...options }: SuperviseProbe, readiness: unknown) {
  if (typeof check !== "function") {
    throw new PolicyOptionsError("supervise.probe", "check", "a function", check);
  }
  return probeSettings(options, readiness, "supervise");
}
