import type { Curve } from "./curve.js";
import type { ExponentialOptions } from "./exponential.js";
import type { JitterOption } from "./jitter.js";

/**
 * The options of `backoff`; all of them have defaults. Either exponential growth, or a curve.
 * @since 0.1.0
 */
export type BackoffOptions = CommonOptions & (GrowthOptions | CurveOptions);

interface GrowthOptions extends ExponentialOptions {
  readonly curve?: never;
}

interface CurveOptions {
  /** The delay before the n-th restart in a row: `constant`, `linear`, `table`, `steps`, your own. */
  readonly curve: Curve;
  readonly initialMs?: never;
  readonly factor?: never;
  /** The longest delay, from 0 to 2^53-1. Default 2^53-1: the curve decides. */
  readonly capMs?: number;
}

interface CommonOptions {
  /** How a draw spreads the delay. Default `full`. */
  readonly jitter?: JitterOption;
  /**
   * A run of at least this many whole milliseconds forgives what was counted before it ended; a
   * failed spawn was no run. Default null: only `healthy` and `reset` forgive.
   */
  readonly resetAfterMs?: number | null;
  /**
   * What moves along the curve. `failures` (default): exits that failed. `restarts`: restarts that
   * were allowed, whatever the exit before them.
   */
  readonly counts?: "failures" | "restarts";
  /**
   * `delayed` (default): the first restart waits, too. `immediate`: it does not, and the curve begins
   * with the second. Only with `counts: "restarts"`: a child that completes has not failed, and would
   * be restarted at once forever.
   */
  readonly firstRestart?: "delayed" | "immediate";
  /**
   * Where the delay runs from. `exit` (default). `launch`: the launch of the attempt that ended, so
   * that the delay is the shortest time between two launches. `request`: the moment at which the
   * restart was first allowed.
   */
  readonly from?: "exit" | "launch" | "request";
}
