// The healthy window: a request is admitted while fewer than `limit` were admitted in the last
// `windowMs`; what is exactly that old is forgotten. A refusal is not recorded. A clock that goes back
// stands still at the newest admission.

import {
  launch,
  type Millis,
  PolicyStateError,
  type RestartPolicy,
  type RestartPolicyDefinition,
  readOptions,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

/**
 * Options of the museum's windows.
 * @since 0.1.0
 */
export interface WindowOptions {
  /** How many are admitted in a window, a whole number from 0 to 2^53-1. Default 3. */
  readonly limit?: number;
  /** How long the window is, a whole number from 0 to 2^53-1. Default 1 000. */
  readonly windowMs?: number;
}

/** When requests were admitted, oldest first. */
export interface WindowState {
  readonly admittedAt: readonly Millis[];
}

export type WindowParts = RestartPolicyDefinition<WindowState> & {
  readonly parse: (raw: unknown, now: Millis) => WindowState;
};

export const FRESH: WindowState = { admittedAt: [] };

/** The instant that counts: never before the newest admission. */
export function notBefore({ admittedAt }: WindowState, now: Millis): Millis {
  return Math.max(now, admittedAt.at(-1) ?? now);
}

export function windowOptions(options: WindowOptions = {}): Required<WindowOptions> {
  const read = readOptions("window", options);
  const filled = {
    limit: read.whole("limit", { default: 3 }),
    windowMs: read.whole("windowMs", { default: 1_000 }),
  };
  read.end();
  return filled;
}

export function windowParts({ limit, windowMs }: Required<WindowOptions>): WindowParts {
  const remembered = ({ admittedAt }: WindowState, at: Millis) =>
    admittedAt.filter((admitted) => at - admitted < windowMs);

  return {
    name: "window",
    describe: {
      kind: "window",
      options: { limit, windowMs },
      limit,
      windowMs,
      timesMs: [windowMs],
    },
    initial: () => FRESH,
    launch(state, _, now) {
      const at = notBefore(state, now);
      const held = remembered(state, at);
      if (held.length < limit) return [{ admittedAt: [...held, at] }, launch()];
      const oldest = held[held.length - limit];
      return [state, refuse("window-full", oldest === undefined ? null : oldest + windowMs - at)];
    },
    parse(raw, now) {
      const list = readState(raw).raw("admittedAt");
      const whole = Array.isArray(list) && list.every(Number.isSafeInteger);
      if (!whole || list.some((at, i) => i > 0 && at < list[i - 1])) {
        throw new PolicyStateError("admittedAt", "instants, oldest first", JSON.stringify(list));
      }
      return { admittedAt: list.map((at: Millis) => Math.min(at, now)) };
    },
    idle: (state, now) => remembered(state, notBefore(state, now)).length === 0,
  };
}

/** The healthy window. */
export function window(options?: WindowOptions): RestartPolicy<WindowState> {
  return restartPolicy(windowParts(windowOptions(options)));
}
