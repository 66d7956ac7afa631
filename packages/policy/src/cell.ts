import { cellDoor } from "./cell-door.js";
import { type AnswerTo, type Failure, merged, type Sent, type TypeOf } from "./cell-event.js";
import type { CellOptions } from "./cell-options.js";
import type { Exit } from "./exit.js";
import type { Policy } from "./policy.js";
import { readArguments } from "./read-arguments.js";

/**
 * A policy with its state, clock and random source: the convenient door.
 * @since 0.1.0
 */
export interface Cell<State, Event, Decision> {
  /**
   * Steps the policy at the present instant, keeps the new state, and answers the decision: a fact is
   * noted, a request is answered with a launch or a refusal.
   */
  send<Type extends TypeOf<Event>>(event: Sent<Event, Type>): AnswerTo<Type, Decision>;
  /**
   * It ended, and now? Tells the exit and asks for a restart, at one instant: a launch with its
   * `delayMs`, or a refusal. Whether the exit was a failure is judged by `isFailure`.
   */
  failed(exit: Exit, circumstances: Failure<Event>): AnswerTo<"launch", Decision>;
  /** The present state: plain JSON, ready to be saved. */
  readonly state: State;
}

/**
 * Keeps a policy's state, reads the clock and draws: with a core and plain `spawn` this makes a
 * small supervisor.
 *
 * Decides: what the policy decides. Units: those of the policy; the clock is read once per call and
 * held when it goes back (`steadyClock`), `random` and `wall` once per request that does not bring
 * its own. Effect on state: `send` replaces it, `failed` once for exit and request together. When
 * anything throws, the state stays as it was.
 * Errors: `PolicyOptionsError` for what is no policy, for a bad option, for an event with a wrong type,
 * cause, exit, `failed` or `uptimeMs`, and for an answer of `clock`, `wall` or `random` that is out of
 * range; `PolicyStateError` from `parse` for a bad saved state; whatever the policy throws. Events of a
 * policy whose `alphabet` is `other` are not checked.
 *
 * @since 0.1.0
 * @example
 * const child = cell(restartOn("transient"), { clock: () => performance.now(), random: Math.random });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.failed(exitOf(1, null), { uptimeMs: 5 }); // => { type: "launch", delayMs: 0 }
 * child.failed(exitOf(0, null), { uptimeMs: 5 });
 * // => { type: "refuse", reason: "not-wanted", retryAfterMs: null }
 */
export function cell<State, Event extends object, Decision>(
  policy: Policy<State, Event, Decision>,
  options: CellOptions,
): Cell<State, Event, Decision> {
  readArguments("cell", arguments, 2);
  const door = cellDoor(policy, options);
  let state = door.state as State;

  return {
    send(event) {
      const now = door.clock();
      const [next, decision] = policy.step(state, door.complete(event, now) as Event, now);
      state = next;
      return decision as never;
    },
    failed(exit, circumstances) {
      const now = door.clock();
      const [fact, request] = door.failure(exit, circumstances, now);
      const [between, noted] = policy.step(state, fact as Event, now);
      const [next, decision] = policy.step(between, request as Event, now);
      state = next;
      return merged(noted, decision) as never;
    },
    get state() {
      return state;
    },
  };
}
