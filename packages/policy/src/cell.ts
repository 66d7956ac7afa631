import type { Millis, Policy } from "./policy.js";
import { steadyClock, wholeMillis } from "./steady-clock.js";

/**
 * Where a cell gets its time and chance, and the state it starts from.
 * @since 0.1.0
 */
export interface CellOptions {
  /** The time, in milliseconds. It may jump: readings are rounded down and never go back. */
  readonly clock: () => number;
  /** A uniform random number in [0, 1), drawn once per `launch` request. */
  readonly random: () => number;
  /** The wall clock in epoch milliseconds, for calendars. Default: the same reading as `clock`. */
  readonly wall?: () => number;
  /** A saved state, checked by the policy's `parse`. Default: the initial state. */
  readonly state?: unknown;
}

/**
 * An event as a caller writes it: `draw` and `wall` of a request are filled in unless given, also in
 * the event of one key.
 *
 * @since 0.1.0
 */
export type CellEvent<Event> = Event extends { readonly draw: number; readonly wall: Millis }
  ? Omit<Event, "draw" | "wall"> & { readonly draw?: number; readonly wall?: Millis }
  : Event extends { readonly key: string; readonly event: infer Inner }
    ? { readonly key: string; readonly event: CellEvent<Inner> }
    : Event;

interface LaunchRequest {
  readonly type: string;
  readonly draw: number;
  readonly wall: Millis;
}

interface KeyedRequest {
  readonly event: object;
}

/**
 * A policy with its state, clock and random source: the convenient door.
 * @since 0.1.0
 */
export interface Cell<State, Event, Decision> {
  /** Steps the policy at the present instant, keeps the new state, and answers the decision. */
  send(event: CellEvent<Event>): Decision;
  /** The present state: plain JSON, ready to be saved. */
  readonly state: State;
}

/**
 * Keeps a policy's state, reads the clock and draws: with a core and plain `spawn` this makes a
 * ten-line supervisor.
 *
 * Decides: what the policy decides. Units: those of the policy; the clock is read once per event and
 * held when it goes back (`steadyClock`), `random` and `wall` once per request that does not bring
 * its own. Effect on state: `send` replaces it. When anything throws, the state stays as it was.
 * Errors: `PolicyStateError` from `parse` for a bad saved state; `PolicyOptionsError` when a clock's
 * answer is not a number of milliseconds within 2^53-1; whatever the policy throws.
 *
 * @since 0.1.0
 * @example
 * const child = cell(restartOn("transient"), { clock: () => performance.now(), random: Math.random });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "exited", exit: { kind: "completed" }, failed: false, uptimeMs: 5 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "not-wanted", retryAfterMs: null }
 */
export function cell<State, Event extends object, Decision>(
  policy: Policy<State, Event, Decision>,
  options: CellOptions,
): Cell<State, Event, Decision> {
  const clock = steadyClock(options.clock);
  let state = options.state === undefined ? policy.initial() : policy.parse(options.state, clock());

  return {
    send(event) {
      const now = clock();
      const [next, decision] = policy.step(state, complete(event, now) as Event, now);
      state = next;
      return decision;
    },
    get state() {
      return state;
    },
  };

  function complete(event: object, now: Millis): object {
    const { type, draw, wall, event: inner } = event as Partial<LaunchRequest & KeyedRequest>;
    if (type === "launch") {
      const read = () => (options.wall ? wholeMillis("cell", "wall", options.wall()) : now);
      return { ...event, draw: draw ?? options.random(), wall: wall ?? read() };
    }
    return inner ? { ...event, event: complete(inner, now) } : event;
  }
}
