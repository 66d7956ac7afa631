// What every bridge does: the engine says how an attempt ended, our policy says whether and when there is another.
// The state is plain JSON and goes to and fro: it stands where the engine has a place for it.
//
// - A policy in an engine knows "so long" and "never": a "not yet" is waited out, or is the end where the source
//   says so.
// - A state that cannot be read, such as that of another policy, begins again: a deployment is no reason to fail.
// - Instants are the wall clock's, since another process may go on; a clock that went back is `parse`'s to fix.

import {
  type Exit,
  giveUp,
  isFailure,
  isPolicyStateError,
  type Millis,
  PolicyOptionsError,
  type RestartPolicy,
  readOptions,
  readPolicy,
  waitOut,
} from "@steadfast/policy";
import { readFunction } from "./doors.js";

/**
 * What decides in a bridge: a policy, or a preset, which also says what a failure is.
 * @since 0.1.0
 */
export type BridgePolicy = RestartPolicy | BridgePreset;

/**
 * The part of a preset that means something in every engine.
 * @since 0.1.0
 */
export interface BridgePreset {
  /** What decides about attempts. */
  readonly policy: RestartPolicy;
  /** What counts as a failure. Default: all but `completed`, `cancelled` and `lost`. */
  readonly isFailure?: (exit: Exit) => boolean;
  /** Whether a "not yet" is waited out, or is the end. Default `wait`. */
  readonly onNotYet?: "wait" | "end";
}

/**
 * Where a bridge gets its time and chance.
 * @since 0.1.0
 */
export interface BridgeOptions {
  /** The time in epoch milliseconds; it may jump. Default `Date.now`. */
  readonly clock?: () => number;
  /** A uniform random number in [0, 1). Default `Math.random`. */
  readonly random?: () => number;
  /**
   * An attempt that ran for so long is reported as healthy before its end: whole milliseconds, from 0 to 2^53-1.
   * Default 10 000.
   */
  readonly healthyAfterMs?: number;
}

/** What follows an attempt. */
export interface Verdict {
  /** How long the next attempt waits, in milliseconds, perhaps with a fraction; null: there is none. */
  readonly delayMs: number | null;
  /** Why there is none. */
  readonly reason: string | null;
  /** The policy's state: what is kept for the next time. */
  readonly state: unknown;
}

/** Our policy in an engine. */
export interface Attempts {
  now(): Millis;
  /** After an attempt that began at `startedAt`; `saved` is the last state, undefined after the first attempt. */
  after(saved: unknown, exit: Exit, startedAt: Millis): Verdict;
}

const SAVED_NOTHING = [undefined, null];

export function attempts(
  owner: string,
  given: BridgePolicy,
  options: BridgeOptions = {},
): Attempts {
  const isFunction = (value: unknown) => typeof value === "function";
  const read = readOptions(owner, options);
  const clock = read.checked("clock", "a function that answers milliseconds", isFunction, Date.now);
  const number = "a function that answers a number in [0, 1)";
  const random = read.checked("random", number, isFunction, Math.random);
  const healthyAfterMs = read.whole("healthyAfterMs", { default: 10_000 });
  read.end();
  const { policy: own, isFailure: fails = isFailure, onNotYet = "wait" } = presetOf(owner, given);
  const policy = onNotYet === "end" ? giveUp(own) : waitOut(own);

  function now(): Millis {
    const reading = Math.floor(clock());
    if (Number.isSafeInteger(reading)) return reading;
    throw new PolicyOptionsError(owner, "clock", "a function that answers milliseconds", reading);
  }

  function resumed(saved: unknown, at: Millis, startedAt: Millis): unknown {
    try {
      if (!SAVED_NOTHING.includes(saved as null)) return policy.parse(saved, at);
    } catch (error) {
      if (!isPolicyStateError(error)) throw error;
    }
    const start = { type: "launch", cause: "start", draw: random(), wall: startedAt } as const;
    return policy.step(policy.initial(), start, startedAt)[0];
  }

  return {
    now,
    after(saved, exit, startedAt) {
      const at = now();
      const uptimeMs = exit.kind === "spawn-failed" ? 0 : Math.max(0, at - startedAt);
      let state = resumed(saved, at, Math.min(startedAt, at));
      const step = (event: Parameters<typeof policy.step>[1]) => {
        const [next, decision] = policy.step(state, event, at);
        state = next;
        return decision;
      };
      if (uptimeMs >= healthyAfterMs && exit.kind !== "spawn-failed") step({ type: "healthy" });
      step({ type: "exited", exit, failed: fails(exit), uptimeMs });
      const decision = step({ type: "launch", cause: "restart", draw: random(), wall: at });
      if (decision.type === "launch") return { delayMs: decision.delayMs, reason: null, state };
      const reason = decision.type === "refuse" ? decision.reason : "no-decision";
      return { delayMs: null, reason, state };
    },
  };
}

/** What was given, as a preset; by name what is neither a policy nor one. */
export function presetOf(owner: string, given: BridgePolicy): BridgePreset {
  const isPreset =
    typeof given === "object" && given !== null && "policy" in given && !("step" in given);
  const preset = isPreset ? given : { policy: given };
  readPolicy(owner, isPreset ? "policy.policy" : "policy", preset.policy);
  const { isFailure: fails, onNotYet = "wait" } = preset;
  if (fails !== undefined) readFunction(owner, "policy.isFailure", fails);
  if (onNotYet === "wait" || onNotYet === "end") return preset;
  throw new PolicyOptionsError(owner, "policy.onNotYet", "wait or end", onNotYet);
}

/** A delay as a timer takes it: whole milliseconds, rounded up. */
export const wholeDelay = (ms: number): Millis => Math.ceil(ms);
