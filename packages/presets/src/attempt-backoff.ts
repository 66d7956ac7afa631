// rust-tokio-supervisor's delay: initial * 2^(attempt - 1), capped.
//
// - The attempt is the number of launches ever, an operator's included: every attempt ends once, so it is
//   the number of exits. Nothing brings it back but `reset`. The exponent stays at 32.
// - The delay runs from the exit. `start` and `operator` launch at once.
//
// `backoff` counts failures, or restarts that it was asked about; an operator's launch is neither.

import { type ExponentialOptions, exponential } from "@steadfast/backoff";
import {
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  restartPolicy,
} from "@steadfast/policy";

interface AttemptBackoffState {
  /** How many attempts have ended. It stays at 2^53-1. */
  readonly attempts: number;
  /** When the last one ended. Null: none has. */
  readonly exitedAt: Millis | null;
}

const FRESH: AttemptBackoffState = { attempts: 0, exitedAt: null };
const LAST_GROWING = 33;

export function attemptBackoff(
  growth: Required<Pick<ExponentialOptions, "initialMs" | "capMs">>,
): RestartPolicy<AttemptBackoffState> {
  const curve = exponential({ ...growth, factor: 2 });
  const delayOf = (attempts: number) => curve(Math.min(attempts, LAST_GROWING));

  return restartPolicy<AttemptBackoffState>({
    name: "attemptBackoff",
    describe: {
      options: growth,
      capMs: Math.ceil(delayOf(LAST_GROWING)),
      timesMs: [Math.ceil(delayOf(1)), Math.ceil(delayOf(LAST_GROWING))],
    },
    initial: () => FRESH,
    exited(state, _, now) {
      const attempts = Math.min(state.attempts + 1, Number.MAX_SAFE_INTEGER);
      const same = attempts === state.attempts && now === state.exitedAt;
      return same ? state : { attempts, exitedAt: now };
    },
    launch(state, { cause }, now) {
      if (cause !== "restart" || state.exitedAt === null) return [state, launch()];
      const age = Math.max(0, now - state.exitedAt);
      return [state, launch(Math.max(0, delayOf(state.attempts) - age))];
    },
    parse(raw, now) {
      const read = readState(raw);
      return { attempts: read.whole("attempts"), exitedAt: read.instant("exitedAt", now) };
    },
  });
}
