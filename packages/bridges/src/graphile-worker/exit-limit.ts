// A limit for workers of a pool that exit although nobody asked them to. graphile-worker replaces such a worker if a plugin
// says so; without a limit it does so forever, and without a plugin the whole pool ends.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy, presetOf } from "../attempts.js";
import { readFunction, readObject } from "../doors.js";

/**
 * A plugin of graphile-worker.
 * @since 0.1.0
 */
export interface ExitLimit {
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** What it does. */
  readonly worker: {
    /** Answers when a worker of the pool has exited. */
    readonly middleware: {
      /** Replaces it, or throws: then the pool ends with that error. */
      poolWorkerPrematureExit(next: unknown, event: { replaceWithNewWorker(): void }): void;
    };
  };
}

/**
 * Time and chance, and what is called at the end.
 * @since 0.1.0
 */
export interface ExitLimitOptions extends BridgeOptions {
  /** Called with the reason when a worker is not replaced. Default: only graphile-worker's log says it. */
  readonly onEnd?: (error: Error) => void;
}

/**
 * Limits how often a pool replaces a worker that exited: `run({ preset: { plugins: [exitLimit(policy)] }, ... })`.
 *
 * Decides: the policy, once for each worker that exits by itself, as a failure. A launch replaces it at once, whatever the delay,
 * since a pool cannot wait; a refusal ends the pool with an error that names the reason, which `onEnd` gets: the promise
 * of graphile-worker's runner resolves all the same. The state is the pool's and
 * ends with it. Units: none. Edge: a "not yet" ends it, too. Effect: workers.
 * Errors: `PolicyOptionsError` for a bad option, at once.
 *
 * @since 0.1.0
 * @example
 * const { middleware } = exitLimit(lifetimeCap({ restarts: 1 })).worker;
 * const replaced: number[] = [];
 * const exited = () => middleware.poolWorkerPrematureExit(null, { replaceWithNewWorker: () => replaced.push(1) });
 * exited();
 * replaced.length; // => 1
 */
export function exitLimit(policy: BridgePolicy, options: ExitLimitOptions = {}): ExitLimit {
  readArguments("exitLimit", arguments, 2);
  readObject("exitLimit", options);
  const { onEnd, ...others } = options;
  const own = presetOf("exitLimit", policy);
  const bridge = attempts("exitLimit", { ...own, onNotYet: "end" }, others);
  if (onEnd !== undefined) readFunction("exitLimit", "onEnd", onEnd);
  let state: unknown;
  let startedAt = bridge.now();
  return {
    name: "SteadfastExitLimit",
    version: "0.1.0",
    worker: {
      middleware: {
        poolWorkerPrematureExit(_, { replaceWithNewWorker }) {
          const verdict = bridge.after(state, { kind: "failed" }, startedAt);
          state = verdict.state;
          startedAt = bridge.now();
          if (verdict.delayMs !== null) return replaceWithNewWorker();
          const message = `a worker of the pool exited, and is not replaced: ${verdict.reason}`;
          const error = new Error(message);
          onEnd?.(error);
          throw error;
        },
      },
    },
  };
}
