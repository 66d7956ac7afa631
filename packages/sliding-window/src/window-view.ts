import { type Millis, readArguments } from "@steadfast/policy";
import { readWindow, type SlidingWindowOptions } from "./options.js";
import { notBefore, release, type SlidingWindowState } from "./stamps.js";

/**
 * How full a window is. Plain JSON.
 * @since 0.1.0
 */
export interface WindowView {
  /** The `limit` of the options. */
  readonly limit: number;
  /** The `windowMs` of the options. */
  readonly windowMs: Millis;
  /** How many slots are taken now. Failures and refusals beyond what can matter are not kept. */
  readonly used: number;
  /** How many slots are free: `limit - used`, at least 0. 2^53-1 where `limit: 0` is unlimited. */
  readonly remaining: number;
  /** Whether `limit` slots are taken: true from the start with limit 0, unless that is unlimited. */
  readonly exhausted: boolean;
}

/**
 * Shows how full a window is as of `now`, such as for a status page; nothing is asked and nothing changes.
 *
 * Decides nothing, and knows nothing of `tripAt`: with `over-limit` one more request gets through
 * after `exhausted` has become true. Units: whole milliseconds. Edge: as `edge` says; a `now` before
 * the newest stamp counts as that stamp's instant. Effect on state: none.
 * Errors: `PolicyOptionsError` for the options that `slidingWindow` would not take.
 * Source: rust-tokio-supervisor 0.1.3, `RestartLimitState`.
 *
 * @since 0.1.0
 * @example
 * const options = { limit: 3, windowMs: 60_000 };
 * windowView(slidingWindow(options).initial(), options, 0);
 * // => { limit: 3, windowMs: 60_000, used: 0, remaining: 3, exhausted: false }
 */
export function windowView(
  state: SlidingWindowState,
  options: SlidingWindowOptions,
  now: Millis,
): WindowView {
  readArguments("windowView", arguments, 3);
  const { limit, windowMs, edge, limitZero } = readWindow(options);
  const at = notBefore(state, now);
  const used = release(state, (stamp) =>
    edge === "closed" ? at - stamp > windowMs : at - stamp >= windowMs,
  ).count;
  const most = limit === 0 && limitZero === "unlimited" ? Number.MAX_SAFE_INTEGER : limit;
  return { limit, windowMs, used, remaining: Math.max(0, most - used), exhausted: used >= most };
}
