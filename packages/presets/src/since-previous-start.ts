// The C ca-gateway's delay: the whole of it, or nothing.
//
// - A restart waits `delayMs` if less than that has passed since the previous start, else nothing. Both
//   instants are whole seconds, rounded down.
// - A start is dated when it was admitted, before its own delay. So in a loop of instant crashes every
//   second restart does not wait: the start before it is dated `delayMs` ago.
// - The delay runs from the exit, which is when the source asks; asked later it is shorter.
// - `start` and `operator` launch at once, and are starts.
//
// `backoff` waits for the rest of a time since the launch, or for all of one since the exit; this one
// chooses between all and nothing by a start that is dated before its delay.

import {
  launch,
  type Millis,
  type RestartPolicy,
  readState,
  restartPolicy,
} from "@steadfast/policy";

/** Plain JSON. Instants are exact; they are rounded down to whole seconds where they are compared. */
interface PreviousStartState {
  /** When the start before the last exit was admitted. Null: there was none. */
  readonly startedAt: Millis | null;
  /** The last exit since then. Null: none. */
  readonly exitedAt: Millis | null;
  /** Whether the restart after that exit was admitted, so that the exit dates a start. */
  readonly admitted: boolean;
}

const FRESH: PreviousStartState = { startedAt: null, exitedAt: null, admitted: false };
const SECOND = 1_000;

/** From one whole second to the other; negative where the clock went back. */
function secondsApart(from: Millis, to: Millis): Millis {
  return (Math.floor(to / SECOND) - Math.floor(from / SECOND)) * SECOND;
}

export function sincePreviousStart(delayMs: Millis): RestartPolicy<PreviousStartState> {
  function waits({ startedAt }: PreviousStartState, exitedAt: Millis): boolean {
    return startedAt !== null && secondsApart(startedAt, exitedAt) < delayMs;
  }

  return restartPolicy<PreviousStartState>({
    name: "sincePreviousStart",
    describe: { options: { delayMs }, capMs: delayMs, timesMs: [SECOND, delayMs] },
    initial: () => FRESH,
    exited(state, _, now) {
      const startedAt = state.admitted ? state.exitedAt : state.startedAt;
      const same = !state.admitted && state.exitedAt === now;
      return same ? state : { startedAt, exitedAt: now, admitted: false };
    },
    launch(state, { cause }, now) {
      const { startedAt, exitedAt, admitted } = state;
      if (cause !== "restart") {
        const same = startedAt === now && exitedAt === null && !admitted;
        return [same ? state : { startedAt: now, exitedAt: null, admitted: false }, launch()];
      }
      if (exitedAt === null) return [state, launch()];
      const delay = waits(state, exitedAt) ? Math.max(0, delayMs - Math.max(0, now - exitedAt)) : 0;
      return [admitted ? state : { ...state, admitted: true }, launch(delay)];
    },
    parse(raw, now) {
      const read = readState(raw);
      return {
        startedAt: read.instant("startedAt", now),
        exitedAt: read.instant("exitedAt", now),
        admitted: read.oneOf("admitted", [true, false]),
      };
    },
    idle({ startedAt, exitedAt, admitted }, now) {
      if (exitedAt !== null && !admitted) return false;
      const last = exitedAt ?? startedAt;
      return last === null || (secondsApart(last, now) >= delayMs && now - last >= delayMs);
    },
  });
}
