// Checks the options of a supervision once, and fills in what is left out.

import type { ChildSlotOptions, LimitView } from "@steadfast/child-slot";
import {
  type Exit,
  isFailure,
  isRemotePolicy,
  type Millis,
  type OptionsReader,
  PolicyOptionsError,
  type RemotePolicy,
  type RestartPolicy,
  readOptions,
  readPolicy,
} from "@steadfast/policy";
import type { ProbeOptions, RecycleOptions, SupervisionOptions } from "./options.js";

/**
 * The options of a supervision in force: checked, defaults filled in. For callers that read them
 * together with options of their own, such as `supervise`.
 * @since 0.1.0
 */
export interface SupervisionSettings {
  /** The one policy that decides. */
  readonly policy: RestartPolicy | RemotePolicy;
  /** The one judge of exits. */
  readonly isFailure: (exit: Exit) => boolean;
  /** What a refusal with a time leads to. */
  readonly onNotYet: "wait" | "end";
  /** What a final refusal leads to. */
  readonly onRefused: "end" | "hold";
  /** Whether an operator's launches are asked of the policy. */
  readonly operatorLaunches: "free" | "ask";
  /** What ends an admitted delay at once. */
  readonly delayCutBy: readonly ("reload" | "send")[];
  /** The policy of the shared budget; null for none. */
  readonly shared: RestartPolicy | null;
  /** Reads the restart limit off the policy's state; null for none. */
  readonly restartLimit: ((state: unknown, now: Millis) => LimitView) | null;
  /** How the child is probed; null for not at all. */
  readonly probe: Required<ProbeOptions> | null;
  /** When the child is recycled; null for never. */
  readonly recycle: RecycleSettings | null;
  /** How long all attempts together may take; null for any time. */
  readonly deadlineMs: number | null;
  /** How many standbys are kept ready. */
  readonly standby: number;
  /** Whether every step of the policy is an effect. */
  readonly notes: boolean;
  /** The options of the slot, as they were given. */
  readonly slot: Omit<ChildSlotOptions, "id" | "path">;
}

/**
 * The limits of `recycle` in force.
 * @since 0.1.0
 */
export interface RecycleSettings {
  /** The age limit; null for none. */
  readonly ageMs: number | null;
  /** The limit of uses; null for none. */
  readonly uses: number | null;
  /** The share of each limit that is drawn by chance. */
  readonly spread: number;
}

const SLOT_KEYS = [
  "readiness",
  "readyTimeoutMs",
  "healthyAfterMs",
  "healthyFrom",
  "heartbeatTimeoutMs",
  "maxRunMs",
  "gracePeriodMs",
  "abandonAfterMs",
] as const;

const CUTS = ["reload", "send"] as const;

const isListOfCuts = (value: unknown) =>
  Array.isArray(value) && CUTS.filter((cut) => value.includes(cut)).length === value.length;

const isGiven = (value: unknown): boolean => value !== undefined;

const isLimited = (ms: unknown) => ms !== undefined && ms !== Number.POSITIVE_INFINITY;

const isPolicy = (value: unknown): boolean => {
  const { step, initial } = (value ?? {}) as Partial<RestartPolicy>;
  return typeof step === "function" && typeof initial === "function";
};

const isFunction = (value: unknown) => typeof value === "function";
const isBoolean = (value: unknown) => typeof value === "boolean";

/**
 * Reads the options of a supervision, except those `given`; a caller that has options of its own reads
 * them from the same reader, and ends it. `owner` is whose name stands in errors.
 *
 * Decides: whether each option is in its range. Effect on state: none. Errors: `PolicyOptionsError` for a
 * bad one; the slot's are checked by `supervisionOf`.
 *
 * @since 0.1.0
 * @example
 * const read = readOptions("supervise", { policy: restartOn("permanent"), standby: 2 });
 * supervisionSettings(read, "supervise").standby; // => 2
 */
export function supervisionSettings(
  read: OptionsReader<SupervisionOptions>,
  owner: string,
  given: Partial<Pick<SupervisionSettings, "policy" | "shared" | "notes" | "probe">> = {},
): SupervisionSettings {
  const policy = given.policy ?? ownPolicy(read, owner);
  const slot: Record<string, unknown> = {};
  for (const key of SLOT_KEYS) {
    const value = read.raw(key);
    if (value !== undefined) slot[key] = value;
  }
  const settings = {
    policy,
    isFailure: read.checked("isFailure", "a function", isFunction, isFailure),
    onNotYet: read.oneOf("onNotYet", ["wait", "end"], "wait"),
    onRefused: read.oneOf("onRefused", ["end", "hold"], "end"),
    operatorLaunches: read.oneOf("operatorLaunches", ["free", "ask"], "free"),
    delayCutBy: read.checked<readonly ("reload" | "send")[]>(
      "delayCutBy",
      "an array of reload, send, each at most once",
      isListOfCuts,
      NO_CUTS,
    ),
    shared:
      given.shared === undefined
        ? read.checked<RestartPolicy | null>("shared", "a restart policy", isPolicy, null)
        : given.shared,
    restartLimit: read.checked("restartLimit", "a function", isFunction, null),
    probe:
      given.probe === undefined
        ? probeSettings(read.raw("probe"), slot["readiness"], owner)
        : given.probe,
    recycle: recycleSettings(read.raw("recycle"), owner),
    deadlineMs: isLimited(read.raw("deadlineMs")) ? read.whole("deadlineMs") : null,
    standby: read.whole("standby", { max: 1_000, default: 0 }),
    notes: given.notes ?? read.checked("notes", "true or false", isBoolean, true),
    slot,
  };
  if (isRemotePolicy(policy)) refuseBesideRemote(settings, owner);
  return settings;
}

function ownPolicy(
  read: OptionsReader<SupervisionOptions>,
  owner: string,
): RestartPolicy | RemotePolicy {
  const chosen = read.checked<RestartPolicy | RemotePolicy>("policy", "a restart policy", isGiven);
  return readPolicy(owner, "policy", chosen, { remote: true, preset: "{ ...preset }" });
}

const NO_CUTS: readonly [] = [];

/** What needs the policy's answer in the very step, or its state, cannot stand beside a remote one. */
function refuseBesideRemote(settings: SupervisionSettings, owner: string): void {
  const { shared, restartLimit, standby, operatorLaunches } = settings;
  const wrong =
    (shared && "shared") ||
    (restartLimit && "restartLimit") ||
    (standby > 0 && "standby") ||
    (operatorLaunches === "ask" && "operatorLaunches");
  if (!wrong) return;
  const allowed = "left out beside a remote policy, whose state and answers are elsewhere";
  throw new PolicyOptionsError(owner, wrong, allowed, settings[wrong]);
}

/**
 * Reads how a child is probed; null for not at all. `owner` is whose name stands in errors.
 *
 * Decides: whether each option is in its range, and whether `for` fits the readiness. Effect on state:
 * none. Errors: `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * probeSettings({ periodMs: 500 }, "immediate", "supervise");
 * // => { for: "liveness", periodMs: 500, timeoutMs: 1_000, failures: 3 }
 */
export function probeSettings(
  given: unknown,
  readiness: unknown,
  owner: string,
): Required<ProbeOptions> | null {
  if (given === undefined) return null;
  const read = readOptions<ProbeOptions>(`${owner}.probe`, given as ProbeOptions);
  const isExplicit = readiness === "explicit";
  const settings = {
    for: read.oneOf("for", ["readiness", "liveness", "both"], isExplicit ? "both" : "liveness"),
    periodMs: read.whole("periodMs", { min: 1, default: 10_000 }),
    timeoutMs: read.whole("timeoutMs", { min: 1, default: 1_000 }),
    failures: read.whole("failures", { min: 1, default: 3 }),
  };
  read.end();
  if (settings.for !== "liveness" && !isExplicit) {
    const allowed = "liveness where readiness is immediate";
    throw new PolicyOptionsError(`${owner}.probe`, "for", allowed, settings.for);
  }
  return settings;
}

function recycleSettings(given: unknown, owner: string): RecycleSettings | null {
  if (given === undefined) return null;
  const read = readOptions<RecycleOptions>(`${owner}.recycle`, given as RecycleOptions);
  const limit = (key: "ageMs" | "uses") =>
    read.raw(key) === undefined ? null : read.whole(key, { min: 1 });
  const settings = {
    ageMs: limit("ageMs"),
    uses: limit("uses"),
    spread: read.finite("spread", { max: 1, default: 0 }),
  };
  read.end();
  if (settings.ageMs === null && settings.uses === null) {
    throw new PolicyOptionsError(`${owner}.recycle`, "ageMs", "given, or uses", undefined);
  }
  return settings;
}
