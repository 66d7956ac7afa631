/**
 * A whole number of milliseconds: an instant or a duration.
 *
 * Cores know no unit, only whole numbers: the same code is right in microseconds as long as every
 * option and every `now` is in microseconds, too.
 *
 * @since 0.1.0
 */
export type Millis = number;

/**
 * What JSON can hold. States, descriptions and journals are made of nothing else.
 * @since 0.1.0
 */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * What a policy is, as plain JSON: for logs, linters, and law kits that scale their gaps.
 *
 * @since 0.1.0
 */
export interface PolicyDescription {
  /** The factory's name, such as `slidingWindow`. */
  readonly kind: string;
  /** The options in force, defaults filled in. */
  readonly options: { readonly [option: string]: Json };
  /** The most that may be admitted in one window, where there is such a bound. */
  readonly limit?: number;
  /** The length of that window. */
  readonly windowMs?: Millis;
  /** The longest delay this policy ever answers, where there is one. */
  readonly capMs?: Millis;
  /** Every duration that matters to this policy: a property test scales its gaps with them. */
  readonly timesMs: readonly Millis[];
  /** The members of a combinator, in the order given. */
  readonly members?: readonly PolicyDescription[];
}

/**
 * A pure function with a memory: time, chance and the outside world are its arguments.
 *
 * What an implementer must keep:
 * - `now` is whole milliseconds; the caller of `step` never lets it go back. A policy that gets a
 *   smaller `now` all the same counts a negative age as 0 and never throws.
 * - States are plain JSON, never mutated, and the same reference comes back when nothing changed.
 * - A state does not depend on the options it was made under: `parse` and `step` accept a state
 *   written under other options of the same policy.
 *
 * @since 0.1.0
 */
export interface Policy<State, Event, Decision> {
  /** For messages and logs, such as `slidingWindow`. */
  readonly name: string;
  /** What it is, as plain JSON. */
  readonly describe: PolicyDescription;
  /**
   * Which events it takes, so that `cell` and `replay` can check them: those of a restart policy, those
   * of one key (`keyed`), or others, which nobody checks. Left out: `restart`; `other` if there is a
   * `deadline`.
   */
  readonly alphabet?: "restart" | "keyed" | "other";
  /**
   * The policies it is made of, where its state is an array that begins with their states, in the same
   * order, or, of one (`when`), has that one's state as its field `member`: `explain` looks into them. Not
   * for what has its states in another shape.
   */
  readonly members?: readonly Policy<unknown, Event, Decision>[];
  /** The one policy it is made of, where its state is that policy's own: `giveUp`, `coarse`. */
  readonly wraps?: Policy<unknown, Event, Decision>;
  /** The policies it is made of, by the field of its state that is theirs: `when`. */
  readonly holds?: { readonly [field: string]: Policy<unknown, Event, Decision> };
  /** The state before anything has happened. */
  initial(): State;
  /** What happens to the state, and what is decided, when `event` happens at `now`. */
  step(state: State, event: Event, now: Millis): readonly [State, Decision];
  /**
   * Reads back what this policy could have written, under whatever options. Instants later than
   * `now` are pulled back to `now`.
   * @throws PolicyStateError that names the path of the first bad field.
   */
  parse(raw: unknown, now: Millis): State;
  /**
   * True if this state would answer everything as a fresh one would, so that it may be forgotten.
   * Never true between an `exited` and the `launch` that follows it.
   */
  idle?(state: State, now: Millis): boolean;
  /** For alphabets with a `tick`: the instant at which the next tick is due, or null for none. */
  deadline?(state: State): Millis | null;
}
