// The supervisor's side of answers, however they travel.

import type { AnswerSignal } from "../request-layer.js";
import { isNote, thrownOf } from "./thrown-note.js";

/**
 * Reads a message of a child as the answer to a request; null for any other message. Errors: none.
 *
 * @since 0.1.0
 * @example
 * answerSignal({ steadfast: "answer", id: 1, value: 3 }); // => { type: "answer", id: 1, value: 3 }
 * answerSignal("hello"); // => null
 */
export function answerSignal(message: unknown): AnswerSignal | null {
  try {
    const said = message as Partial<Said> | null | undefined;
    const id = said?.steadfast === "answer" ? said.id : null;
    if (!said || typeof id !== "number") return null;
    if (!("thrown" in said)) return { type: "answer", id, value: said.value };
    return isNote(said.thrown) ? { type: "answer", id, error: thrownOf(said.thrown) } : null;
  } catch {
    return null; // somebody made it up
  }
}

interface Said {
  readonly steadfast: unknown;
  readonly id: unknown;
  readonly value: unknown;
  readonly thrown: unknown;
}
