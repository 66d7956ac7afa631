import {
  type ExitedEvent,
  type LaunchEvent,
  type Millis,
  type Refuse,
  type RestartPolicy,
  readArguments,
  readOptions,
  readPolicy,
} from "@steadfast/policy";

/**
 * How much failing a policy still takes.
 * @since 0.1.0
 */
export interface Outlook {
  /** How many more failures in a row are restarted, each at the instant of its launch; at most `most`. */
  readonly restarts: number;
  /** What the next failure is answered; null if all `most` are restarted. */
  readonly refusal: Refuse | null;
  /** How long after `now` that is: the sum of the delays. Where there is no refusal, when the last launch is. */
  readonly afterMs: Millis;
}

/**
 * From where `outlook` looks ahead, and how far.
 * @since 0.1.0
 */
export interface OutlookOptions {
  /** How long the attempt has been up that fails first, from 0 to 2^53-1. Default 0. */
  readonly uptimeMs?: Millis;
  /** How many failures are tried, from 1 to 10 000. Default 100. */
  readonly most?: number;
}

const MOST = 10_000;

/**
 * Counts how many failures in a row a policy still restarts from here, and says what comes then: what is left of a budget,
 * whatever the budget is made of.
 *
 * Pure: the policy is stepped ahead, and nothing is changed. The child fails at `now`, is launched when the policy lets it go, and
 * fails at that instant again. Units: milliseconds. Edge: a "not yet" is the end, too; what jitter draws is the shortest (`draw`
 * is 0), so that a window is as full as it can get. Errors: `PolicyOptionsError` for what is no policy, instant or option;
 * whatever the policy throws.
 *
 * @since 0.1.0
 * @param policy what decides.
 * @param state what it remembers now.
 * @param now the instant.
 * @param options from where, and how far.
 * @example
 * const policy = lifetimeCap({ restarts: 3 });
 * outlook(policy, policy.initial(), 0).restarts; // => 3
 * outlook(policy, policy.initial(), 0).refusal; // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 * const forever = restartOn("permanent");
 * outlook(forever, forever.initial(), 0, { most: 7 }); // => { restarts: 7, refusal: null, afterMs: 0 }
 */
export function outlook<State>(
  policy: RestartPolicy<State>,
  state: State,
  now: Millis,
  options: OutlookOptions = {},
): Outlook {
  readArguments("outlook", arguments, 4);
  readPolicy("outlook", "policy", policy);
  readOptions("outlook", { now }).whole("now", { min: Number.MIN_SAFE_INTEGER });
  const read = readOptions("outlook", options);
  const uptimeMs = read.whole("uptimeMs", { default: 0 });
  const most = read.whole("most", { min: 1, max: MOST, default: 100 });
  read.end();
  let at = now;
  let after = state;
  for (let restarts = 0; restarts < most; restarts++) {
    [after] = policy.step(after, failure(restarts === 0 ? uptimeMs : 0), at);
    const [next, decision] = policy.step(after, requestAt(at), at);
    if (decision.type === "refuse") return { restarts, refusal: decision, afterMs: at - now };
    if (decision.type === "launch") {
      at = Math.min(at + Math.ceil(decision.delayMs), Number.MAX_SAFE_INTEGER);
    }
    after = next;
  }
  return { restarts: most, refusal: null, afterMs: at - now };
}

const failure = (uptimeMs: Millis): ExitedEvent => ({
  type: "exited",
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs,
});

const requestAt = (at: Millis): LaunchEvent => ({
  type: "launch",
  cause: "restart",
  draw: 0,
  wall: at,
});
