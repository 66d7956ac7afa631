// The words between a worker and its supervisor.
//
// A worker speaks on its own `parentPort`, so that its words and its messages stay in order: an object
// whose field `steadfast` is one of the words below is a word, every other message is the user's.
// The supervisor never speaks there, where the user listens: a worker that wants to hear of a stop sends
// the port for that message.

import { MessagePort } from "node:worker_threads";
import type { ChildSignal, StopReason } from "@steadfast/supervisor";
import { answerSignal, isNote, type Note, thrownOf } from "@steadfast/supervisor/answering";

const WORDS = ["ready", "not-ready", "heartbeat"] as const;

/** A word that a worker can say to its supervisor. */
export type WorkerWord = (typeof WORDS)[number];

/** From the worker: tell me on this port when I am to stop. */
export interface Listening {
  readonly steadfast: "listening";
  readonly port: MessagePort;
}

/** To the worker, on the port that it sent. */
export interface StopNote {
  readonly steadfast: "stop";
  readonly reason: StopReason;
}

/** From a standby: it is up, and waits on this port until it is to begin. */
export interface Waiting {
  readonly steadfast: "waiting";
  readonly port: MessagePort;
}

/** To a standby, on the port that it sent: it is an attempt now. */
export interface BeginNote {
  readonly steadfast: "begin";
}

/** From the preload: this was thrown, and nobody in the worker handled it. */
export interface Threw {
  readonly steadfast: "threw";
  readonly note: Note;
}

/** From the worker: something was sent to it that it cannot read. */
export interface Unread {
  readonly steadfast: "unread";
  readonly note: Note;
}

/** From the preload: on this port it can be asked whether the worker's event loop turns. */
export interface Preloaded {
  readonly steadfast: "preloaded";
  readonly port: MessagePort;
}

/** What the preload is asked for: a sign of life, a turn after which nobody listens for a stop, or the size of the heap. */
export type Turn = "pulse" | "stop" | "heap";

/** Also from the preload: the event loop has turned since it was asked for this. */
export interface Turned {
  readonly steadfast: "turned";
  readonly turn: Turn;
  /** The size of the heap in use, where it was asked for that. */
  readonly bytes?: number;
}

/** The environment data by which the preload knows a worker of a launcher. */
export const PRELOADED = "steadfast:preloaded";

/** The environment data by which a worker knows that it is a standby. */
export const STANDBY = "steadfast:standby";

/** A request for one of the worker's functions. */
export interface Call {
  readonly steadfast: "call";
  readonly name: string;
  readonly message: unknown;
}

export function isCall(request: unknown): request is Call {
  const { steadfast, name } = (request ?? {}) as Partial<Call>;
  return steadfast === "call" && typeof name === "string";
}

/** What a worker threw, or why it could not read what was sent, as the host has it. */
export interface Thrown {
  readonly steadfast: "threw" | "unread";
  readonly error: unknown;
}

const PORT_WORDS = ["listening", "waiting", "preloaded"] as const;

const isPortWord = (word: unknown): word is (typeof PORT_WORDS)[number] =>
  PORT_WORDS.some((one) => one === word);

interface Said {
  readonly steadfast?: unknown;
  readonly port?: unknown;
  readonly note?: unknown;
  readonly turn?: unknown;
  readonly bytes?: unknown;
}

/** What a message from a worker means. Total; unknown words are messages of the user's. */
export function heardFrom(
  message: unknown,
): ChildSignal | Listening | Waiting | Preloaded | Turned | Thrown {
  const said: Said = typeof message === "object" && message !== null ? message : {};
  const { steadfast, port, note, turn, bytes } = said;
  if (isPortWord(steadfast) && port instanceof MessagePort) return { steadfast, port };
  if (steadfast === "turned" && (turn === "pulse" || turn === "stop")) return { steadfast, turn };
  if (steadfast === "turned" && turn === "heap" && typeof bytes === "number") {
    return { steadfast, turn, bytes };
  }
  if (steadfast === "answer") return answerSignal(message) ?? { type: "message", message };
  if ((steadfast === "threw" || steadfast === "unread") && isNote(note)) {
    try {
      return { steadfast, error: thrownOf(note) };
    } catch {
      return { type: "message", message }; // no note of ours
    }
  }
  const word = WORDS.find((candidate) => candidate === steadfast);
  return word === undefined ? { type: "message", message } : { type: word };
}
