// What rust-tokio-supervisor's slot and its control loop have in common; they differ in when a restart
// is too many.
//
// - Failures are counted in a window, at the exit, also those that are refused. What is exactly
//   `windowMs` old still counts.
// - The delay is that of the attempt: see attempt-backoff.ts.
// - A refusal is final: the source drops the restart, and the child stays down.

import { type AllOfState, allOf, isFailure, readOptions, restartOn } from "@steadfast/policy";
import { type SlidingWindowState, slidingWindow, windowView } from "@steadfast/sliding-window";
import { attemptBackoff } from "./attempt-backoff.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * What rust-tokio-supervisor says about one child; all have its defaults.
 * @since 0.1.0
 */
export interface TokioSlotOptions {
  /**
   * How many failures a window holds: a whole number up to 2^53-1, at least 0 for the slot and at least
   * 1 for the loop. Default 2^32-1.
   */
  readonly limit?: number;
  /** How long a failure counts, in whole milliseconds from 0 to 2^53-1, the end included. Default 60 000. */
  readonly windowMs?: number;
  /** Which exits are followed by a restart: its restart policy. Default `transient`. */
  readonly restartPolicy?: "permanent" | "transient" | "temporary";
  /** The delay after the first attempt, from 0 to 2^53-1 ms. Default 10. */
  readonly initialDelayMs?: number;
  /** The longest delay, from 0 to 2^53-1 ms; below `initialDelayMs` it wins. Default 1 000. */
  readonly maxDelayMs?: number;
}

/**
 * A preset that also shows the restart limit in the record of `supervise`.
 * @since 0.1.0
 */
export interface TokioSlotPreset extends Preset<AllOfState> {
  /** Reads the limit off the policy's state: the option of `supervise` with this name. */
  readonly restartLimit: (
    state: unknown,
    now: number,
  ) => { readonly windowMs: number; readonly limit: number; readonly used: number };
}

const TYPES = ["permanent", "transient", "temporary"] as const;

export function tokioSlot(
  owner: "tokioSlotState" | "tokioSlotLoop",
  options: TokioSlotOptions,
): TokioSlotPreset {
  const loop = owner === "tokioSlotLoop";
  const read = readOptions(owner, options);
  const max = Number.MAX_SAFE_INTEGER;
  const limit = read.whole("limit", { min: loop ? 1 : 0, default: 2 ** 32 - 1 });
  const windowMs = read.whole("windowMs", { default: 60_000 });
  const type = read.oneOf("restartPolicy", TYPES, "transient");
  const initialMs = read.finite("initialDelayMs", { max, default: 10 });
  const capMs = read.finite("maxDelayMs", { max, default: 1_000 });
  read.end();
  const window = {
    limit,
    windowMs,
    edge: "closed",
    counts: "failures",
    tripAt: loop ? "over-limit" : "limit",
  } as const;
  return {
    policy: named(
      owner,
      { limit, windowMs, restartPolicy: type, initialDelayMs: initialMs, maxDelayMs: capMs },
      allOf(restartOn(type), slidingWindow(window), attemptBackoff({ initialMs, capMs })),
    ),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "free",
    gracePeriodMs: 5_000,
    abandonAfterMs: 1_000,
    restartLimit(state, now) {
      const held = (state as AllOfState)[1] as SlidingWindowState;
      return { windowMs, limit, used: windowView(held, window, now).used };
    },
  };
}
