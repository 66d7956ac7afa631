// The healthy backoff: a restart waits `initialMs * factor^(failures - 1)`, at most `capMs`, and then
// the jitter is drawn from within that: nothing ever waits longer than the cap. The delay runs from the
// exit. Health, a reset, and a run of at least `resetAfterMs` forgive.

import {
  type ExitedEvent,
  launch,
  type Millis,
  type RestartPolicy,
  type RestartPolicyDefinition,
  readOptions,
  readState,
  restartPolicy,
} from "@steadfast/policy";

/**
 * Options of the museum's backoffs.
 * @since 0.1.0
 */
export interface BackoffOptions {
  /** The first delay, a finite number from 0 to the largest double. Default 100. */
  readonly initialMs?: number;
  /** What each failure multiplies it by, a finite number from 0 to the largest double. Default 2. */
  readonly factor?: number;
  /** The longest delay, a finite number from 0 to the largest double. Default 10 000. */
  readonly capMs?: number;
  /** `full`: anything from 0 to the delay. `none`: the delay itself. Default `none`. */
  readonly jitter?: "none" | "full";
  /** A run of at least this long forgives, a whole number from 0 to 2^53-1. Default 60 000. */
  readonly resetAfterMs?: number;
}

/** How many failures since the last forgiveness, and when the last exit was. */
export interface BackoffState {
  readonly failures: number;
  readonly exitedAt: Millis | null;
}

export type FilledBackoff = Required<BackoffOptions>;

export type BackoffParts = RestartPolicyDefinition<BackoffState> & {
  readonly exited: (state: BackoffState, event: ExitedEvent, now: Millis) => BackoffState;
};

export const FRESH: BackoffState = { failures: 0, exitedAt: null };

export function backoffOptions(options: BackoffOptions = {}): FilledBackoff {
  const read = readOptions("backoff", options);
  const filled = {
    initialMs: read.finite("initialMs", { default: 100 }),
    factor: read.finite("factor", { default: 2 }),
    capMs: read.finite("capMs", { default: 10_000 }),
    jitter: read.oneOf("jitter", ["none", "full"], "none"),
    resetAfterMs: read.whole("resetAfterMs", { default: 60_000 }),
  };
  read.end();
  return filled;
}

/** The delay at a place, counted from 1, before jitter: never more than the cap. */
export function delayAt(place: number, { initialMs, factor, capMs }: FilledBackoff): number {
  const grown = initialMs * factor ** (place - 1);
  return Number.isNaN(grown) ? 0 : Math.min(capMs, grown);
}

/** What is left at `now` of a delay that runs from the exit. */
export function leftOf(delayMs: number, exitedAt: Millis, now: Millis): number {
  return Math.max(0, delayMs - Math.max(0, now - exitedAt));
}

export function spread(delayMs: number, draw: number, { jitter }: FilledBackoff): number {
  return jitter === "full" ? delayMs * draw : delayMs;
}

export function backoffParts(options: FilledBackoff): BackoffParts {
  const { capMs, initialMs, resetAfterMs } = options;
  return {
    name: "backoff",
    describe: {
      kind: "backoff",
      options: { ...options },
      capMs,
      timesMs: [initialMs, capMs, resetAfterMs],
    },
    initial: () => FRESH,
    exited(state, { exit, failed, uptimeMs }, now) {
      const forgiven = exit.kind !== "spawn-failed" && uptimeMs >= resetAfterMs;
      const before = forgiven ? 0 : state.failures;
      const failures = Math.min(before + Number(failed), Number.MAX_SAFE_INTEGER);
      const same = failures === state.failures && now === state.exitedAt;
      return same ? state : { failures, exitedAt: now };
    },
    healthy: (state) => (state.failures === 0 && state.exitedAt === null ? state : FRESH),
    launch(state, { cause, draw }, now) {
      if (cause !== "restart" || state.exitedAt === null) return [state, launch()];
      const delayMs = spread(delayAt(Math.max(1, state.failures), options), draw, options);
      return [state, launch(leftOf(delayMs, state.exitedAt, now))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return { failures: read.whole("failures"), exitedAt: read.instant("exitedAt", now) };
    },
  };
}

/** The healthy backoff. */
export function backoff(options?: BackoffOptions): RestartPolicy<BackoffState> {
  return restartPolicy(backoffParts(backoffOptions(options)));
}
