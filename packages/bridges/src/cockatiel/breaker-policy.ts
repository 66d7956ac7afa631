// A circuit breaker of cockatiel as a policy: open is "not yet", and the first launch after that is the half-open try.
//
// - The breaker's state goes in and out with the policy's, so that the policy stays a function of its state.
// - A breaker that looks at a clock itself cannot do that: SamplingBreaker is refused.

import {
  type Json,
  launch,
  type Millis,
  PolicyOptionsError,
  type RestartPolicy,
  readArguments,
  readOptions,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { readFunction } from "../doors.js";

/**
 * A breaker of cockatiel: `ConsecutiveBreaker`, `CountBreaker`, or one that keeps all it knows in `state`.
 * @since 0.1.0
 */
export interface Breaker {
  /** All it knows, as JSON. */
  state: unknown;
  /** Takes note of a success; 0 is a closed circuit, 2 a half-open one. */
  success(circuit: number): void;
  /** Takes note of a failure, and says whether the circuit is to open. */
  failure(circuit: number): boolean;
}

/**
 * How long a circuit stays open.
 * @since 0.1.0
 */
export interface BreakerPolicyOptions {
  /** From the failure that opened it to the half-open try: whole, from 0 to 2^53-1 ms. */
  readonly halfOpenAfterMs: Millis;
}

/**
 * What a breaker's policy remembers.
 * @since 0.1.0
 */
export interface BreakerState {
  /** The breaker's own state. */
  readonly breaker: Json;
  /** When the circuit opened; null while it is closed. */
  readonly openedAt: Millis | null;
}

/** cockatiel's `CircuitState`. */
const CLOSED = 0;
const HALF_OPEN = 2;

/**
 * Makes a circuit breaker of cockatiel a policy: `breakerPolicy(new ConsecutiveBreaker(5), { halfOpenAfterMs: 10_000 })`.
 *
 * Decides: a restart launches at once while the circuit is closed; while it is open it is refused with the reason
 * `circuit-open` until `halfOpenAfterMs` after it opened; the launch then is the half-open try, whose failure opens it
 * again, and whose success, or a report of `healthy`, closes it. Units: milliseconds. No default.
 * Edge: exactly `halfOpenAfterMs` later it is tried. Effect on state: an exit is noted. The breaker that is handed in is a
 * tool: its own state is set before each use. Errors: `PolicyOptionsError` for a bad option, and for a `SamplingBreaker`,
 * which looks at the clock itself. Source: cockatiel 4, `CircuitBreakerPolicy`, `IBreaker`.
 *
 * @since 0.1.0
 * @example
 * let failures = 0;
 * const breaker = {
 *   get state() {
 *     return failures;
 *   },
 *   set state(saved) {
 *     failures = saved;
 *   },
 *   success() {
 *     failures = 0;
 *   },
 *   failure: () => ++failures >= 2,
 * };
 * const clock = () => 0;
 * const child = cell(breakerPolicy(breaker, { halfOpenAfterMs: 500 }), { clock, random: clock });
 * child.failed({ kind: "failed" }, { uptimeMs: 1 }); // => { type: "launch", delayMs: 0 }
 * child.failed({ kind: "failed" }, { uptimeMs: 1 }); // => { type: "refuse", reason: "circuit-open", retryAfterMs: 500 }
 */
export function breakerPolicy(
  breaker: Breaker,
  options: BreakerPolicyOptions,
): RestartPolicy<BreakerState> {
  readArguments("breakerPolicy", arguments, 2);
  const read = readOptions("breakerPolicy", options);
  const halfOpenAfterMs = read.whole("halfOpenAfterMs");
  read.end();
  readFunction("breakerPolicy", "breaker.success", breaker?.success);
  readFunction("breakerPolicy", "breaker.failure", breaker.failure);
  const { name } = breaker.constructor;
  if (name === "SamplingBreaker") {
    throw new PolicyOptionsError("breakerPolicy", "breaker", "one that looks at no clock", name);
  }
  const copy = (state: unknown) => (state === undefined ? null : JSON.parse(JSON.stringify(state)));
  const fresh: BreakerState = { breaker: copy(breaker.state), openedAt: null };

  function noted(state: BreakerState, failed: boolean, now: Millis): BreakerState {
    breaker.state = copy(state.breaker);
    const circuit = state.openedAt === null ? CLOSED : HALF_OPEN;
    const opens = failed && (breaker.failure(circuit) || circuit === HALF_OPEN);
    if (!failed) breaker.success(circuit);
    return { breaker: copy(breaker.state), openedAt: opens ? now : null };
  }

  return restartPolicy<BreakerState>({
    name: "breakerPolicy",
    describe: { options: { breaker: name, halfOpenAfterMs }, timesMs: [halfOpenAfterMs] },
    initial: () => fresh,
    exited: (state, { failed }, now) => noted(state, failed, now),
    healthy: (state, _, now) => noted(state, false, now),
    launch(state, _, now) {
      const leftMs = (state.openedAt ?? now) + halfOpenAfterMs - now;
      if (state.openedAt === null || leftMs <= 0) return [state, launch()];
      return [state, refuse("circuit-open", leftMs)];
    },
    parse(raw, now) {
      const saved = readState(raw);
      const { breaker: own } = raw as BreakerState;
      return { breaker: copy(own), openedAt: saved.instant("openedAt", now) };
    },
  });
}
