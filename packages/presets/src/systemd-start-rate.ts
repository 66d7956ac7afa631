// systemd's start limit: a fixed window, opened by a start.
//
// - A start more than `intervalMs` after the one that opened the window opens the next; any other is
//   allowed while the window holds fewer than `burst`. Starts of every kind count.
// - A refused start changes nothing. An interval or a burst of 0 is no limit. An interval of infinity is one
//   window for life: what is refused then is refused for good.

import { crashBudget } from "@steadfast/crash-budget";
import { giveUp, type Millis, type OptionsReader } from "@steadfast/policy";
import { wholeOrForever } from "./or-forever.js";

/**
 * The settings of a unit that limit how often it is started.
 * @since 0.1.0
 */
export interface SystemdStartRateOptions {
  /**
   * `StartLimitIntervalSec=`: how long a window lasts, whole, from 0 (no limit) to 2^53-2 ms; Infinity or
   * null: for life. Default 10 000.
   */
  readonly startLimitIntervalMs?: Millis | null;
  /** `StartLimitBurst=`: how many starts fit into it, whole, from 0 (no limit) to 2^53-1. Default 5. */
  readonly startLimitBurst?: number;
}

const UNLIMITED = Number.MAX_SAFE_INTEGER;
const LONGEST_MS = Number.MAX_SAFE_INTEGER - 1;

/** Reads the settings and makes the rule of them. */
export function startRate(read: OptionsReader<SystemdStartRateOptions>) {
  const startLimitIntervalMs = wholeOrForever(read, "startLimitIntervalMs", {
    max: LONGEST_MS,
    default: 10_000,
  });
  const startLimitBurst = read.whole("startLimitBurst", { default: 5 });
  const limited = startLimitIntervalMs !== 0 && startLimitBurst > 0;
  const budget = crashBudget({
    retries: limited ? startLimitBurst - 1 : UNLIMITED,
    windowMs: startLimitIntervalMs ?? LONGEST_MS,
    retryDelayMs: 0,
    counts: "launches",
    edge: "closed",
    onHealthy: "ignore",
  });
  const policy = startLimitIntervalMs === null ? giveUp(budget) : budget;
  return { options: { startLimitIntervalMs, startLimitBurst }, policy };
}
