import { PolicyStateError } from "./errors.js";
import type { Millis, PolicyDescription } from "./policy.js";
import { readArguments } from "./read-arguments.js";
import { readOptions } from "./read-options.js";
import { refuseAsync } from "./refuse-async.js";
import {
  type ExitedEvent,
  type HealthyEvent,
  type LaunchAnswer,
  type LaunchEvent,
  noted,
  type ResetEvent,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
} from "./restart.js";
import { show } from "./show.js";

/**
 * One function per event. Facts return a state, so that "only noted" holds by type.
 * @since 0.1.0
 */
export interface RestartPolicyDefinition<State> {
  /** For messages, logs and `describe`, such as `day-only`. */
  readonly name: string;
  /** Plain JSON about the policy; `kind` defaults to the name, `options` to {}, `timesMs` to []. */
  readonly describe?: Partial<PolicyDescription>;
  /** The fresh state, plain JSON. Left out: null, for a policy without a memory. */
  readonly initial?: () => State;
  /** Left out: an exit changes nothing. */
  readonly exited?: (state: State, event: ExitedEvent, now: Millis) => State;
  /** Left out: health changes nothing. */
  readonly healthy?: (state: State, event: HealthyEvent, now: Millis) => State;
  /** Left out: a reset restores the initial state. */
  readonly reset?: (state: State, event: ResetEvent, now: Millis) => State;
  /** The answer to a request, with the state it leaves behind. */
  readonly launch: (
    state: State,
    event: LaunchEvent,
    now: Millis,
  ) => readonly [State, LaunchAnswer];
  /** Left out: only the JSON of the initial state is accepted, which is right for null. */
  readonly parse?: (raw: unknown, now: Millis) => State;
  /** Left out: a state is idle while its JSON is that of the initial one; give it for big states. */
  readonly idle?: (state: State, now: Millis) => boolean;
}

/**
 * Makes a restart policy of one function per event.
 *
 * Decides: whatever `launch` answers; facts are noted. Units: those of its functions. Defaults: see
 * `RestartPolicyDefinition`; a policy that is only a `launch` has no memory, and its state is null.
 * Edge: an answer is handed on as it is; `supervise` checks it (`decisionFault`).
 * Effect on state: what the functions return; `reset` restores the initial state unless it is given.
 * Errors: `PolicyOptionsError` for a missing name or `launch`, a part that is no function, or a part that
 * is not known, and from `step` for a function that is async; the default `parse` throws `PolicyStateError`
 * for anything but the initial state.
 *
 * @since 0.1.0
 * @example
 * const HOUR = 3_600_000;
 * const dayOnly = restartPolicy({
 *   name: "day-only",
 *   launch(state, { wall }) {
 *     const untilMorning = 8 * HOUR - (wall % (24 * HOUR)); // from 8:00 to midnight, UTC
 *     return [state, untilMorning > 0 ? refuse("night", untilMorning) : launch()];
 *   },
 * });
 * dayOnly.step(null, { type: "launch", cause: "start", draw: 0, wall: 6 * HOUR }, 0)[1];
 * // => { type: "refuse", reason: "night", retryAfterMs: 7_200_000 }
 */
export function restartPolicy<State = null>(
  definition: RestartPolicyDefinition<State>,
): RestartPolicy<State> {
  readArguments("restartPolicy", arguments, 1);
  const { name, describe, launch, parse, idle, ...facts } = checked(definition);
  const fresh = definition.initial ? definition.initial() : (null as State);
  const freshJson = JSON.stringify(fresh);

  function isFresh(state: unknown): boolean {
    if (state === fresh) return true;
    if (typeof state !== typeof fresh) return false; // NaN is written as null, and is not null
    try {
      return JSON.stringify(state) === freshJson;
    } catch {
      return false; // a cycle, a bigint, a Proxy: nothing that was ever written
    }
  }

  function step(state: State, event: RestartEvent, now: Millis): readonly [State, RestartDecision] {
    if (event.type === "launch") {
      const step = launch(state, event, now);
      if (!Array.isArray(step)) refuseAsync(name, "launch", step);
      return step;
    }
    const told = facts[event.type] as Fact<State> | undefined;
    if (told) {
      const next = told(state, event, now);
      if (typeof next === "object" && next !== null && "then" in next) {
        refuseAsync(name, event.type, next);
      }
      return [next, noted];
    }
    return [event.type !== "reset" || isFresh(state) ? state : fresh, noted];
  }

  return {
    name,
    describe: { kind: name, options: {}, timesMs: [], ...describe },
    initial: () => fresh,
    step,
    parse(raw, now) {
      if (parse) return parse(raw, now);
      if (!isFresh(raw)) throw new PolicyStateError("", freshJson, show(raw));
      return fresh;
    },
    idle: (state, now) => (idle ? idle(state, now) : isFresh(state)),
  };
}

type Fact<State> = (state: State, event: RestartEvent, now: Millis) => State;

/** The parts of a definition, first those that must be given. */
const PARTS = {
  name: "string",
  launch: "function",
  describe: "object",
  initial: "function",
  exited: "function",
  healthy: "function",
  reset: "function",
  parse: "function",
  idle: "function",
};

/** The definition, if every part of it is known and of its type. */
function checked<State>(
  definition: RestartPolicyDefinition<State>,
): RestartPolicyDefinition<State> {
  const read = readOptions<typeof PARTS>("restartPolicy", definition as never);
  for (const [part, type] of Object.entries(PARTS) as [keyof typeof PARTS, string][]) {
    const fallback = part === "name" || part === "launch" ? undefined : PARTS;
    read.checked<unknown>(part, `of type ${type}`, (value) => typeof value === type, fallback);
  }
  read.end();
  return definition;
}
