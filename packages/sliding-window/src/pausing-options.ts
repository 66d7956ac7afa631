import { type Millis, readOptions } from "@steadfast/policy";

/**
 * How many failures in how long begin a pause, how long it lasts, and how many there may be in a row.
 * @since 0.1.0
 */
export interface PausingWindowOptions {
  /** How many failures in a window begin a pause. Whole, from 1 to 2^53-1. Required. */
  readonly limit: number;
  /**
   * How long a failure counts. Whole milliseconds, from 0 to 2^53-2. Required. With 0 a half-open window never
   * fills, and a closed one holds what failed in the same millisecond.
   */
  readonly windowMs: Millis;
  /** How long a pause lasts, from the failure that began it. Whole milliseconds, from 0 (none) to 2^53-1. Required. */
  readonly pauseMs: Millis;
  /**
   * How many pauses in a row there may be; one more is the end. Whole, from 0 (the first is the end) to 2^53-1;
   * null for any number. Default null.
   */
  readonly maxPauses?: number | null;
  /**
   * Whether a failure that is exactly `windowMs` old still counts: `half-open` (default) no, `closed` yes.
   */
  readonly edge?: "half-open" | "closed";
}

/** Checks the options and fills the defaults in. */
export function readPausing(options: PausingWindowOptions) {
  const read = readOptions("pausingWindow", options);
  const filled = {
    limit: read.whole("limit", { min: 1 }),
    windowMs: read.whole("windowMs", { max: Number.MAX_SAFE_INTEGER - 1 }),
    pauseMs: read.whole("pauseMs"),
    maxPauses: (read.raw("maxPauses") ?? null) === null ? null : read.whole("maxPauses"),
    edge: read.oneOf("edge", ["half-open", "closed"], "half-open"),
  };
  read.end();
  return filled;
}
