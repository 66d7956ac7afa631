import { readArguments } from "./read-arguments.js";
import { readOptions } from "./read-options.js";
import { readState } from "./read-state.js";
import { launch, type RestartPolicy, refuse } from "./restart.js";
import { restartPolicy } from "./restart-policy.js";

/**
 * The options of a lifetime cap.
 * @since 0.1.0
 */
export interface LifetimeCapOptions {
  /** The most restarts there may ever be, a whole number from 0 to 2^53-1; the first launch is none. */
  readonly restarts: number;
}

/**
 * What has been used of the cap.
 * @since 0.1.0
 */
export interface LifetimeCapState {
  /** How many restarts were admitted. */
  readonly restarts: number;
}

const FRESH: LifetimeCapState = { restarts: 0 };

/**
 * Refuses for good, with the reason `cap-reached`, once there were so many restarts, ever.
 *
 * Decides: the first `restarts` restarts launch at once, each one after is refused: N restarts are
 * N + 1 runs, and 0 means one run. A request of cause `operator` is a restart like any other where it
 * is asked at all; `start` is none, and always passes.
 * Unit: restarts. No default: leave the policy out for no cap. Edge: exactly `restarts` restarts are
 * admitted. Neither time nor health lowers the count; a `reset` forgives it all.
 * Effect on state: an admitted restart is counted; a refusal and a `start` change nothing. A state
 * written under a larger cap is kept as it is, and refused.
 * Errors: `PolicyOptionsError` for anything but a whole number from 0 to 2^53-1.
 * Source: processkit `max_restarts`, which also checks its budget after the predicate and the policy.
 *
 * Precedence, in the order of `allOf`: `stopWhen`, `restartOn`, `giveUpOn`, what counts.
 *
 * @since 0.1.0
 * @example
 * const child = cell(lifetimeCap({ restarts: 1 }), { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 */
export function lifetimeCap(options: LifetimeCapOptions): RestartPolicy<LifetimeCapState> {
  readArguments("lifetimeCap", arguments, 1);
  const read = readOptions("lifetimeCap", options);
  const most = read.whole("restarts");
  read.end();

  return restartPolicy<LifetimeCapState>({
    name: "lifetimeCap",
    describe: { options: { restarts: most } },
    initial: () => FRESH,
    launch(state, { cause }) {
      if (cause === "start") return [state, launch()];
      if (state.restarts >= most) return [state, refuse("cap-reached", null)];
      return [{ restarts: state.restarts + 1 }, launch()];
    },
    parse: (raw) => ({ restarts: readState(raw).whole("restarts") }),
    idle: (state) => state.restarts === 0,
  });
}
