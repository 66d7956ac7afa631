// An event can be wrong in itself, whatever the state: then it is impossible everywhere.

import { isPolicyStateError } from "@steadfast/policy";
import type { SlotEvent, SlotEventType } from "./alphabet.js";
import { EXIT_KINDS } from "./exit-kinds.js";
import { instant, oneOf, orNull, part, readShape, type Shape, text, whole } from "./shape.js";

const report = { generation: whole };

const EVENTS: { readonly [Type in SlotEventType]?: Shape<object> } = {
  launch: { cause: oneOf("start", "restart", "operator") },
  ready: report,
  "not-ready": report,
  heartbeat: { ...report, at: instant },
  exited: { ...report, exit: part({ kind: oneOf(...EXIT_KINDS) }) },
  restart: { requester: text, reason: text },
  limit: { view: part({ windowMs: orNull(whole), limit: whole, used: whole }) },
};

/**
 * What is wrong with an event in itself, in words, or null if it is well-formed.
 *
 * Decides: whether `step` turns it away in every state. Generations, counts and durations are whole,
 * from 0 to 2^53-1; instants are whole; `requester` and `reason` are not blank; causes and kinds of
 * exit are known words. Effect on state: none. Errors: none.
 *
 * @example
 * eventFault({ type: "restart", requester: "ops", reason: "" });
 * // "reason must be a text that is not blank, got "
 */
export function eventFault(event: SlotEvent): string | null {
  const shape = EVENTS[event.type];
  try {
    if (shape) readShape(shape, event, 0);
    return null;
  } catch (error) {
    if (!isPolicyStateError(error)) throw error;
    return `${error.path} must be ${error.expected}, got ${error.got}`;
  }
}
