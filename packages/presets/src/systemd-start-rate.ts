// systemd's start limit: a fixed window, opened by a start.
//
// - A start more than `intervalMs` after the one that opened the window opens the next; any other is
//   allowed while the window holds fewer than `burst`. Starts of every kind count.
// - A refused start changes nothing. An interval or a burst of 0 is no limit.

import { crashBudget } from "@steadfast/crash-budget";
import type { Millis, OptionsReader } from "@steadfast/policy";

/**
 * The settings of a unit that limit how often it is started.
 * @since 0.1.0
 */
export interface SystemdStartRateOptions {
  /** `StartLimitIntervalSec=`: how long a window lasts, whole, from 0 (no limit) to 2^53-2 ms. Default 10 000. */
  readonly startLimitIntervalMs?: Millis;
  /** `StartLimitBurst=`: how many starts fit into it, whole, from 0 (no limit) to 2^53-1. Default 5. */
  readonly startLimitBurst?: number;
}

const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** Reads the settings and makes the rule of them. */
export function startRate(read: OptionsReader<SystemdStartRateOptions>) {
  const startLimitIntervalMs = read.whole("startLimitIntervalMs", {
    max: Number.MAX_SAFE_INTEGER - 1,
    default: 10_000,
  });
  const startLimitBurst = read.whole("startLimitBurst", { default: 5 });
  const limited = startLimitIntervalMs > 0 && startLimitBurst > 0;
  const policy = crashBudget({
    retries: limited ? startLimitBurst - 1 : UNLIMITED,
    windowMs: startLimitIntervalMs,
    retryDelayMs: 0,
    counts: "launches",
    edge: "closed",
    onHealthy: "ignore",
  });
  return { options: { startLimitIntervalMs, startLimitBurst }, policy };
}
