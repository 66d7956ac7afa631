// The words about requests, between a supervisor and its child.

import type { Note } from "./thrown-note.js";

/**
 * From the supervisor: a request, that its answer is not wanted any more, or the question whether it is still worked at.
 * @since 0.1.0
 */
export type RequestWord =
  | {
      /** The word. */
      readonly steadfast: "request";
      /** The number of the request. */
      readonly id: number;
      /** What is asked. */
      readonly message: unknown;
    }
  | {
      /** The word: the answer is not wanted any more. */
      readonly steadfast: "unask";
      /** The number of the request. */
      readonly id: number;
    }
  | {
      /** The word: the request or its answer may have come as something that cannot be read. */
      readonly steadfast: "recheck";
      /** The number of the request. */
      readonly id: number;
      /** Which of the two. */
      readonly lost: "request" | "answer";
    };

/**
 * From the child: what it answers, or what its handler threw.
 * @since 0.1.0
 */
export type AnswerWord =
  | {
      /** The word. */
      readonly steadfast: "answer";
      /** The number of the request. */
      readonly id: number;
      /** What it answers. */
      readonly value: unknown;
    }
  | {
      /** The word. */
      readonly steadfast: "answer";
      /** The number of the request. */
      readonly id: number;
      /** What its handler threw. */
      readonly thrown: Note;
    };

/** The word that a message is for the child's side; null for every other message. */
export function wordOf(message: unknown): RequestWord | null {
  if (typeof message !== "object" || message === null) return null;
  const { steadfast, id } = message as Partial<RequestWord>;
  const isWord = steadfast === "request" || steadfast === "unask" || steadfast === "recheck";
  return isWord && typeof id === "number" ? (message as RequestWord) : null;
}
