import type { Millis, Policy } from "./policy.js";
import { steadyClock, wholeMillis } from "./steady-clock.js";

/** Where a cell gets its time and chance, and the state it starts from. */
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

/** An event as a caller writes it: `draw` and `wall` are filled in unless given. */
export type CellEvent<Event> = Event extends { readonly draw: number; readonly wall: Millis }
  ? Omit<Event, "draw" | "wall"> & { readonly draw?: number; readonly wall?: Millis }
  : Event;

/** A policy with its state, clock and random source: the convenient door. */
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
 * @example
 * const child = cell(restartOn("transient"), { clock: () => performance.now(), random: Math.random });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "exited", exit: { kind: "completed" }, failed: false, uptimeMs: 5 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "not-wanted", retryAfterMs: null }
 */
export function cell<State, Event extends { readonly type: string }, Decision>(
  policy: Policy<State, Event, Decision>,
  options: CellOptions,
): Cell<State, Event, Decision> {
  const clock = steadyClock(options.clock);
  let state = options.state === undefined ? policy.initial() : policy.parse(options.state, clock());

  return {
    send(event) {
      const now = clock();
      const [next, decision] = policy.step(state, complete(event, now), now);
      state = next;
      return decision;
    },
    get state() {
      return state;
    },
  };

  function complete(event: CellEvent<Event>, now: Millis): Event {
    const { type, draw, wall } = event as { type: string; draw?: number; wall?: Millis };
    if (type !== "launch") return event as Event;
    return {
      ...(event as object),
      draw: draw ?? options.random(),
      wall: wall ?? (options.wall ? wholeMillis("cell", "wall", options.wall()) : now),
    } as unknown as Event;
  }
}
