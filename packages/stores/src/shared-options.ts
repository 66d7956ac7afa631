// The options of a shared policy, checked once.

import {
  type Millis,
  PolicyOptionsError,
  type RestartPolicy,
  readOptions,
  readPolicy,
} from "@steadfast/policy";
import type { Store } from "./store.js";
import { realWorld, type StoreWorld } from "./world.js";

/**
 * What a host does when the store cannot be reached.
 * @since 0.1.0
 */
export interface SharedPolicyOptions {
  /**
   * How long one question may take in all, conflicts and failed calls included. Whole milliseconds, from 1 to
   * 2^31-1. Default 2 000.
   */
  readonly timeoutMs?: Millis;
  /**
   * What is answered when that time is over. `refuse`: not yet, reason `store-unreachable`; `launch`: yes, at once; a
   * restart policy: what it decides, on a state and at the clock of this host alone, which knows of nothing but the
   * questions that the store did not answer. Default `refuse`.
   */
  readonly onUnreachable?: "refuse" | "launch" | RestartPolicy;
  /** With `refuse`: when to ask again. Whole milliseconds, at least 1. Default 1 000. */
  readonly retryAfterMs?: Millis;
  /**
   * Hears of each question that the store did not answer: what its last call failed with, or undefined if it only
   * took too long. What it throws is dropped. Left out: nobody hears of it.
   */
  readonly onError?: (error: unknown) => void;
  /** Patience of tests. Default: the real clock, timers and chance. */
  readonly world?: StoreWorld;
}

export interface SharedSettings extends Required<Omit<SharedPolicyOptions, "onError">> {
  readonly policy: RestartPolicy;
  readonly store: Store;
  readonly key: string;
  readonly onError: ((error: unknown) => void) | null;
}

const OWNER = "sharedPolicy";

export function readSharedOptions(
  policy: RestartPolicy,
  store: Store,
  key: string,
  options: SharedPolicyOptions,
): SharedSettings {
  readPolicy(OWNER, "policy", policy);
  if (!isStore(store)) {
    const allowed = "a store with a name, read() and swap(), such as redisStore({ send })";
    throw new PolicyOptionsError(OWNER, "store", allowed, store);
  }
  if (typeof key !== "string" || key === "") {
    throw new PolicyOptionsError(OWNER, "key", "a text that is not empty", key);
  }
  const read = readOptions(OWNER, options);
  const timeoutMs = read.whole("timeoutMs", { min: 1, max: 2 ** 31 - 1, default: 2_000 });
  const retryAfterMs = read.whole("retryAfterMs", { min: 1, default: 1_000 });
  const given = read.raw("onUnreachable");
  const onUnreachable =
    typeof given === "object" && given !== null
      ? readPolicy(OWNER, "onUnreachable", given as RestartPolicy)
      : read.oneOf("onUnreachable", ["refuse", "launch"], "refuse");
  const onError = read.checked<SharedSettings["onError"]>(
    "onError",
    "a function",
    (value) => typeof value === "function",
    null,
  );
  const world = read.checked<StoreWorld>(
    "world",
    "{ clock(), random(), timers: { set(), clear() } }",
    isWorld,
    realWorld,
  );
  read.end();
  return { policy, store, key, timeoutMs, retryAfterMs, onUnreachable, onError, world };
}

function has(value: unknown, ...methods: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return methods.every(
    (method) => typeof (value as Record<string, unknown>)[method] === "function",
  );
}

const isStore = (store: unknown) =>
  has(store, "read", "swap") && typeof (store as Store).name === "string";

const isWorld = (world: unknown) =>
  has(world, "clock", "random") && has((world as StoreWorld).timers, "set", "clear");
