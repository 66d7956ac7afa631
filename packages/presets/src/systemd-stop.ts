// systemd's TimeoutStopSec=: how long a unit may take to stop before it is killed.

import type { Millis, OptionsReader } from "@steadfast/policy";
import { NEVER_MS } from "./never.js";
import { wholeOrForever } from "./or-forever.js";

/**
 * The setting of a unit that says how long it may take to stop.
 * @since 0.1.0
 */
export interface SystemdStopOptions {
  /**
   * `TimeoutStopSec=`: from the request to stop to the kill, whole, from 0 to 2^53-1 ms; Infinity or null:
   * it is never killed. Default 90 000.
   */
  readonly gracePeriodMs?: Millis | null;
}

/** Reads the setting: as JSON can hold it, and as a supervisor takes it. */
export function readStop(read: OptionsReader<SystemdStopOptions>) {
  const gracePeriodMs = wholeOrForever(read, "gracePeriodMs", { max: NEVER_MS, default: 90_000 });
  return { options: { gracePeriodMs }, gracePeriodMs: gracePeriodMs ?? NEVER_MS };
}
