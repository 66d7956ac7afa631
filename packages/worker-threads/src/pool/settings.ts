// Checks the options of a pool once, and parts them: the pool's own, those of its slots, those of its worker.

import { availableParallelism } from "node:os";
import { didYouMean, PolicyOptionsError, readOptions } from "@steadfast/policy";
import { isAbortSignal } from "@steadfast/supervisor/alarm";
import { hasPreload } from "../preloading.js";
import { fixedOptions, type WorkerThreadOptions, workerOptionNames } from "../worker-options.js";
import type { DispatchRules } from "./dispatch-types.js";
import type { PoolRecycle, PoolStop, RunOptions, WorkerPoolOptions } from "./options.js";

export const OWNER = "workerPool";
const MOST_THREADS = 1_000;
const MOST_RESENDS = 2 ** 32;
const MB = 2 ** 20;

/** Those of each slot, which a tree takes as they are. */
const SLOT_KEYS = [
  "policy",
  "isFailure",
  "onNotYet",
  "healthyAfterMs",
  "healthyFrom",
  "heartbeatTimeoutMs",
  "gracePeriodMs",
  "abandonAfterMs",
  "standby",
] as const;

const TREE_KEYS = ["budget", "onEvent", "journal"] as const;

const isName = (value: unknown) =>
  typeof value === "string" && value.trim() !== "" && !value.includes("/");
const isFunction = (value: unknown) => typeof value === "function";
const isCount = (value: unknown) =>
  value === Infinity || (Number.isSafeInteger(value) && Number(value) >= 0);
const isTime = (value: unknown) => typeof value === "number" && value >= 0;
const isText = (value: unknown) => typeof value === "string";

/** What each slot of the tree has. */
export type SlotSettings = Pick<WorkerPoolOptions, (typeof SLOT_KEYS)[number]> & {
  readonly readyTimeoutMs: number;
  readonly recycle?: { readonly ageMs: number };
};

/** What a pool is made of. */
export interface PoolSettings {
  readonly id: string;
  readonly rules: DispatchRules;
  readonly signal: AbortSignal | null;
  readonly onMessage: WorkerPoolOptions["onMessage"];
  readonly slot: SlotSettings;
  readonly tree: Pick<WorkerPoolOptions, (typeof TREE_KEYS)[number]>;
  readonly worker: WorkerThreadOptions;
}

/** Throws `PolicyOptionsError`. */
export function poolSettings(options: WorkerPoolOptions): PoolSettings {
  if (typeof options !== "object" || options === null) {
    throw new PolicyOptionsError(
      OWNER,
      "options",
      "an object with policy, budget or both",
      options,
    );
  }
  refuseUnknown(options);
  const own = pick(options, OWN_KEYS);
  const read = readOptions<WorkerPoolOptions>(OWNER, own);
  const threads = read.whole("threads", {
    min: 1,
    max: MOST_THREADS,
    default: availableParallelism(),
  });
  const { recycle, ...planned } = recycleSettings(read.raw("recycle"));
  const settings = {
    id: read.checked("id", "a text that is not blank and has no slash", isName, "pool"),
    rules: {
      slots: threads,
      perThread: read.whole("concurrency", { min: 1, default: 1 }),
      maxQueue: read.checked("maxQueue", "a whole number from 0, or Infinity", isCount, 10_000),
      abortGraceMs: read.checked("abortGraceMs", "a number from 0 to Infinity", isTime, 1_000),
      ...planned,
    },
    signal: read.checked<AbortSignal | null>("signal", "an AbortSignal", isAbortSignal, null),
    onMessage: read.checked<WorkerPoolOptions["onMessage"]>(
      "onMessage",
      "a function",
      isFunction,
      ignore,
    ),
  };
  const readyTimeoutMs = read.whole("readyTimeoutMs", { default: 30_000 });
  const tree = pick(options, TREE_KEYS);
  const slot = pick(options, SLOT_KEYS);
  if (options.policy === undefined && options.budget === undefined) {
    throw new PolicyOptionsError(
      OWNER,
      "policy",
      "a restart policy, unless there is a budget",
      undefined,
    );
  }
  const worker = fixedOptions(OWNER, rest(options));
  return { ...settings, tree, worker, slot: { ...slot, ...recycle, readyTimeoutMs } };
}

const OWN_KEYS = [
  "id",
  "threads",
  "concurrency",
  "maxQueue",
  "abortGraceMs",
  "recycle",
  "signal",
  "onMessage",
  "readyTimeoutMs",
] as const;

const ALL_KEYS: readonly string[] = [...OWN_KEYS, ...SLOT_KEYS, ...TREE_KEYS];

function refuseUnknown(options: object): void {
  const known = [...ALL_KEYS, ...workerOptionNames.filter((name) => name !== "transferList")];
  for (const [key, value] of Object.entries(options)) {
    if (known.includes(key)) continue;
    const hint = didYouMean(key, known) || `known: ${known.join(", ")}`;
    throw new PolicyOptionsError(OWNER, key, "left out", value, hint);
  }
}

function ignore(): void {}

/** What of the options is the worker's: all that nobody else has. */
function rest(options: WorkerPoolOptions): WorkerThreadOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !ALL_KEYS.includes(key)));
}

function pick<Key extends keyof WorkerPoolOptions>(
  options: WorkerPoolOptions,
  keys: readonly Key[],
): Pick<WorkerPoolOptions, Key> {
  const given = keys.filter((key) => options[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, options[key]])) as never;
}

function recycleSettings(given: unknown) {
  if (given === undefined) return { uses: null, heapBytes: null };
  const read = readOptions<PoolRecycle>(`${OWNER}.recycle`, given as PoolRecycle);
  const has = (key: keyof PoolRecycle) => read.raw(key) !== undefined;
  const uses = has("uses") ? read.whole("uses", { min: 1 }) : null;
  const heapMb = has("heapMb") ? read.finite("heapMb") : null;
  const ageMs = has("ageMs") ? read.whole("ageMs", { min: 1 }) : null;
  read.end();
  if (uses === null && heapMb === null && ageMs === null) {
    throw new PolicyOptionsError(
      `${OWNER}.recycle`,
      "uses",
      "given, or heapMb, or ageMs",
      undefined,
    );
  }
  if (heapMb !== null && (heapMb === 0 || !hasPreload())) {
    const allowed = hasPreload() ? "above 0" : "left out: the preload of this package is not there";
    throw new PolicyOptionsError(`${OWNER}.recycle`, "heapMb", allowed, heapMb);
  }
  const recycle = ageMs === null ? {} : { recycle: { ageMs } };
  return { uses, heapBytes: heapMb === null ? null : heapMb * MB, recycle };
}

/** How one request is to be made. */
export interface RunSettings {
  readonly signal: AbortSignal | null;
  readonly timeoutMs: number | null;
  readonly transferList: readonly unknown[];
  readonly priority: number;
  readonly resends: number;
  readonly name: string | null;
}

const NOTHING: readonly unknown[] = [];

const PLAIN: RunSettings = {
  signal: null,
  timeoutMs: null,
  transferList: NOTHING,
  priority: 0,
  resends: 0,
  name: null,
};

/** Throws `PolicyOptionsError`. */
export function runSettings(options: RunOptions | undefined): RunSettings {
  if (options === undefined) return PLAIN;
  const read = readOptions<RunOptions>("run", options);
  const isTimed = read.raw("timeoutMs") !== undefined;
  const settings = {
    signal: read.checked<AbortSignal | null>("signal", "an AbortSignal", isAbortSignal, null),
    timeoutMs: isTimed ? read.whole("timeoutMs", { min: 1 }) : null,
    transferList: read.checked("transferList", "an array", Array.isArray, NOTHING),
    priority: read.checked("priority", "a safe whole number", Number.isSafeInteger, 0),
    resends: read.whole("resends", { max: MOST_RESENDS, default: 0 }),
    name: read.checked<string | null>("name", "a text", isText, null),
  };
  read.end();
  if (settings.transferList.length > 0 && settings.resends > 0) {
    const allowed = "left out beside resends: what is handed over is gone for the next thread";
    throw new PolicyOptionsError("run", "transferList", allowed, "an array");
  }
  return settings;
}

/** Throws `PolicyOptionsError`. */
export function stopSettings(options: PoolStop): { force: boolean; timeoutMs: number | null } {
  const read = readOptions<PoolStop>("stop", options);
  const isTimed = read.raw("timeoutMs") !== undefined;
  const settings = {
    force: read.checked("force", "true or false", (value) => typeof value === "boolean", false),
    timeoutMs: isTimed ? read.whole("timeoutMs") : null,
  };
  read.end();
  return settings;
}
