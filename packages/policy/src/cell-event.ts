// What a cell is sent, and what it answers, as types: `draw` and `wall` may be left out, and the answer
// is as narrow as the type of the event allows.

import type { Millis } from "./policy.js";
import type { Noted } from "./restart.js";

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

/**
 * The words that `type` of an event may be, also in the event of one key.
 * @since 0.1.0
 */
export type TypeOf<Event> = Event extends { readonly type: infer Type }
  ? Type
  : Event extends { readonly key: string; readonly event: infer Inner }
    ? TypeOf<Inner>
    : unknown;

/**
 * An event of one type.
 * @since 0.1.0
 */
export type Sent<Event, Type> = CellEvent<Event> &
  (Event extends { readonly key: string; readonly event: object }
    ? { readonly event: { readonly type: Type } }
    : Event extends { readonly type: unknown }
      ? { readonly type: Type }
      : unknown);

/**
 * The answer to an event of one type: a fact is noted, a request is not.
 * @since 0.1.0
 */
export type AnswerTo<Type, Decision> = Noted extends Decision
  ? Type extends "launch"
    ? Exclude<Decision, Noted>
    : Extract<Decision, Noted>
  : Decision;

/**
 * What belongs to an exit that is given to `failed`.
 * @since 0.1.0
 */
export type Failure<Event> = {
  /** From the launch to the exit, whole milliseconds from 0 to 2^53-1; 0 where it never ran. */
  readonly uptimeMs: Millis;
} & (Event extends { readonly key: string; readonly event: object }
  ? {
      /** Whose exit it was. */
      readonly key: string;
    }
  : unknown);

interface WithForgotten {
  readonly forgotten?: readonly string[];
}

/** The answer to two steps of a keyed policy names the keys that either had to forget. */
export function merged(first: unknown, second: unknown): unknown {
  const one = (first as WithForgotten | undefined)?.forgotten;
  if (!one) return second;
  const other = (second as WithForgotten).forgotten ?? [];
  return { ...(second as object), forgotten: [...new Set([...one, ...other])] };
}
