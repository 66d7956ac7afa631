// runpm's counter: crashes in a row, an operator's restarts among them.
//
// - A crash after a run of at least `minUptimeMs` is the first one again, whatever was before it.
// - More than `maxRestarts` crashes in a row end it; 0 is no limit.
// - The n-th in a row waits base * 2^(n-1), capped, from the exit; the exponent stays at 16.
// - An operator's launch is let through and counts one more. A `start` counts from 0.
//
// `crashBudget` and `backoff` forget by `healthy`, which asks for readiness, too, and count no
// operator's launches.

import { type ExponentialOptions, exponential } from "@steadfast/backoff";
import {
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";

interface RapidCrashesState {
  /** How many crashes in a row, and restarts by hand since. It stays at 2^53-1. */
  readonly crashes: number;
  /** When the last crash was, if nobody has restarted the child by hand since. */
  readonly exitedAt: Millis | null;
}

interface RapidCrashesOptions extends Required<Pick<ExponentialOptions, "initialMs" | "capMs">> {
  readonly maxRestarts: number;
  readonly minUptimeMs: Millis;
}

const FRESH: RapidCrashesState = { crashes: 0, exitedAt: null };
const LAST_GROWING = 17;

export function rapidCrashes(options: RapidCrashesOptions): RestartPolicy<RapidCrashesState> {
  const { maxRestarts, minUptimeMs, initialMs, capMs } = options;
  const curve = exponential({ initialMs, factor: 2, capMs });
  const delayOf = (crashes: number) => curve(Math.min(crashes, LAST_GROWING));
  const oneMore = (crashes: number) => Math.min(crashes + 1, Number.MAX_SAFE_INTEGER);

  return restartPolicy<RapidCrashesState>({
    name: "rapidCrashes",
    describe: {
      options: { ...options },
      capMs: delayOf(LAST_GROWING),
      timesMs: [delayOf(1), delayOf(LAST_GROWING), minUptimeMs],
    },
    initial: () => FRESH,
    exited(state, { failed, uptimeMs }, now) {
      if (!failed) return state.exitedAt === null ? state : { ...state, exitedAt: null };
      const crashes = oneMore(uptimeMs >= minUptimeMs ? 0 : state.crashes);
      const same = crashes === state.crashes && now === state.exitedAt;
      return same ? state : { crashes, exitedAt: now };
    },
    launch(state, { cause }, now) {
      if (cause === "start") return [isFresh(state) ? state : FRESH, launch()];
      if (cause === "operator") {
        return [{ crashes: oneMore(state.crashes), exitedAt: null }, launch()];
      }
      if (state.exitedAt === null) return [state, launch()];
      if (maxRestarts !== 0 && state.crashes > maxRestarts) return [state, refuse("errored", null)];
      const age = Math.max(0, now - state.exitedAt);
      return [state, launch(Math.max(0, delayOf(state.crashes) - age))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return { crashes: read.whole("crashes"), exitedAt: read.instant("exitedAt", now) };
    },
  });
}

function isFresh({ crashes, exitedAt }: RapidCrashesState): boolean {
  return crashes === 0 && exitedAt === null;
}
