// An event can be wrong in itself, whatever the state: then it is impossible everywhere.

import type { SlotEvent, SlotEventType } from "./alphabet.js";
import { EXIT_KINDS } from "./exit-kinds.js";
import {
  fits,
  instant,
  launched,
  oneOf,
  orNull,
  part,
  readShape,
  type Shape,
  text,
  whole,
} from "./shape.js";

const report = { generation: launched };

const EVENTS: { readonly [Type in SlotEventType]?: Shape<object> } = {
  ready: report,
  "not-ready": report,
  heartbeat: { ...report, at: instant },
  exited: { ...report, exit: part({ kind: oneOf(...EXIT_KINDS) }) },
  restart: { requester: text, reason: text },
  unhealthy: { ...report, reason: text },
  limit: { view: part({ windowMs: orNull(whole), limit: whole, used: whole }) },
};

/**
 * What is wrong with an event in itself, in words, or null if it is well-formed.
 *
 * Decides: whether `step` turns it away in every state. Generations, counts and durations are whole,
 * from 0 to 2^53-1, and a generation was launched (`lastGeneration` is the last that was; left out, any
 * may have been); instants are whole; `requester` and `reason` are not blank; the kind of an exit is a
 * known word. Effect on state: none. Errors: none for plain data.
 *
 * @since 0.1.0
 * @example
 * eventFault({ type: "restart", requester: "ops", reason: "" });
 * // => 'reason must be a text, not blank, got ""'
 */
export function eventFault(
  event: SlotEvent,
  lastGeneration: number = Number.MAX_SAFE_INTEGER,
): string | null {
  try {
    if (isWellFormed(event, lastGeneration)) return null;
  } catch {
    // A part that cannot be read is met again by the reader, which says so.
  }
  return faultByShape(event, lastGeneration);
}

/** The short way: true only for events in which nothing is wrong. */
export function isWellFormed(event: SlotEvent, lastGeneration: number): boolean {
  return fits(EVENTS[event.type] ?? {}, event, lastGeneration);
}

/** The long way, with the same answer. */
export function faultByShape(event: SlotEvent, lastGeneration: number): string | null {
  try {
    readShape(EVENTS[event.type] ?? {}, event, lastGeneration);
    return null;
  } catch (error) {
    return (error as Error).message.slice("state.".length);
  }
}
