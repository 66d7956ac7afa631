import { restartPolicy } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";
import {
  type BackoffParts,
  backoffOptions,
  backoffParts,
  delayAt,
  type FilledBackoff,
  leftOf,
} from "../reference/backoff.js";

/** The healthy backoff, but for the parts that `fault` gives. */
export function backoffFault(
  sign: Sign,
  fault: (healthy: BackoffParts, options: FilledBackoff) => Partial<BackoffParts>,
): ExhibitOf<"backoff"> {
  return exhibit("backoff", sign, (options) => {
    const filled = backoffOptions(options);
    const healthy = backoffParts(filled);
    return restartPolicy({ ...healthy, ...fault(healthy, filled) });
  });
}

/** How long the restart at a place waits, counted from 1. */
export type Delays = (
  place: number,
  draw: number,
  options: FilledBackoff,
  healthy: typeof delayAt,
) => number;

/** The healthy backoff with other delays. */
export function delayFault(sign: Sign, delays: Delays): ExhibitOf<"backoff"> {
  return backoffFault(sign, (_, options) => ({
    launch(state, { cause, draw }, now) {
      if (cause !== "restart" || state.exitedAt === null) return [state, launchIn(0)];
      const delayMs = delays(Math.max(1, state.failures), draw, options, delayAt);
      return [state, launchIn(leftOf(delayMs, state.exitedAt, now))];
    },
  }));
}

/** Told as it is: a delay that is none stays visible. */
function launchIn(delayMs: number) {
  return { type: "launch", delayMs } as const;
}
