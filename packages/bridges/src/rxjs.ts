// A retry operator by a policy, made of rxjs's own parts: they are handed in, so that nothing of rxjs is imported here,
// and its schedulers stay its own.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "./attempts.js";
import { readFunction } from "./doors.js";

export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";

/**
 * The parts of rxjs that are used: `import * as rxjs from "rxjs"` has them.
 * @since 0.1.0
 */
export interface RxjsParts {
  /** Makes an observable for each subscription. */
  defer(factory: () => never): unknown;
  /** The operator that subscribes again. */
  retry(config: never): unknown;
  /** Emits once, after so many milliseconds. */
  timer(delayMs: number): unknown;
  /** Fails at once. */
  throwError(error: () => unknown): unknown;
}

const PARTS = ["defer", "retry", "timer", "throwError"] as const;

/** What has rxjs's `pipe`. */
interface Piped {
  /** Applies an operator to it. */
  pipe(operator: never): unknown;
}

/**
 * Makes an operator of rxjs that subscribes again as a policy decides: `source.pipe(retryBy(rxjs, policy))`.
 *
 * Decides: after each error the policy; its delay runs from the error, a refusal for good hands the error on. Each
 * subscription has a state of its own, which ends with the process: rxjs has no place for it. What a source emitted
 * before it failed stays emitted. Units: milliseconds; a delay is rounded up to whole ones. Edge: an unsubscription
 * during a delay ends it, as rxjs does. Effect: none until it is subscribed to.
 * Errors: `PolicyOptionsError` for a bad option, at once.
 *
 * @since 0.1.0
 * @example
 * const part = () => undefined; // here rxjs's own: import * as rxjs from "rxjs"
 * const rxjs = { defer: part, retry: part, timer: part, throwError: part };
 * typeof retryBy(rxjs, lifetimeCap({ restarts: 1 })); // => "function"
 */
export function retryBy(
  rxjs: RxjsParts,
  policy: BridgePolicy,
  options: BridgeOptions = {},
): <Source extends Piped>(source: Source) => Source {
  readArguments("retryBy", arguments, 3);
  const bridge = attempts("retryBy", policy, options);
  for (const part of PARTS) readFunction("retryBy", `rxjs.${part}`, rxjs?.[part]);
  const { defer, retry, timer, throwError } = rxjs;

  function delays(): (error: unknown) => unknown {
    let state: unknown;
    let startedAt = bridge.now();
    return (error) => {
      const verdict = bridge.after(state, { kind: "failed", error }, startedAt);
      state = verdict.state;
      if (verdict.delayMs === null) return throwError(() => error);
      const wholeMs = Math.ceil(verdict.delayMs);
      startedAt = bridge.now() + wholeMs;
      return timer(wholeMs);
    };
  }
  return <Source extends Piped>(source: Source) =>
    defer(() => source.pipe(retry({ delay: delays() } as never) as never) as never) as Source;
}
