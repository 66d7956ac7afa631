import { restartPolicy } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";
import {
  type BackoffOptions,
  type BackoffParts,
  backoffOptions,
  backoffParts,
  delayAt,
  type FilledBackoff,
  leftOf,
} from "../reference/backoff.js";

/** The healthy backoff, except for the parts that `fault` gives. */
export function backoffFault(
  sign: Sign,
  fault: (healthy: BackoffParts, options: FilledBackoff) => Partial<BackoffParts>,
  shownBy?: BackoffOptions,
): ExhibitOf<"backoff"> {
  const make = (options?: BackoffOptions) => {
    const filled = backoffOptions(options);
    const healthy = backoffParts(filled);
    return restartPolicy({ ...healthy, ...fault(healthy, filled) });
  };
  return exhibit("backoff", sign, make, shownBy);
}

/** How long the restart at a place waits, counted from 1. */
export type Delays = (
  place: number,
  draw: number,
  options: FilledBackoff,
  healthy: typeof delayAt,
) => number;

/** The healthy backoff with other delays. */
export function delayFault(
  sign: Sign,
  delays: Delays,
  shownBy?: BackoffOptions,
): ExhibitOf<"backoff"> {
  const launches = (_: BackoffParts, options: FilledBackoff): Partial<BackoffParts> => ({
    launch(state, { cause, draw }, now) {
      if (cause !== "restart" || state.exitedAt === null) return [state, launchIn(0)];
      const delayMs = delays(Math.max(1, state.failures), draw, options, delayAt);
      return [state, launchIn(leftOf(delayMs, state.exitedAt, now))];
    },
  });
  return backoffFault(sign, launches, shownBy);
}

/** Told as it is: a delay that is none stays visible. */
function launchIn(delayMs: number) {
  return { type: "launch", delayMs } as const;
}
