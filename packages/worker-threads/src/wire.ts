// The words between a worker and its supervisor.
//
// A worker speaks on its own `parentPort`, so that its words and its messages stay in order: an object
// whose field `steadfast` is one of the words below is a word, every other message is the user's.
// The supervisor never speaks there, where the user listens: a worker that wants to hear of a stop sends
// the port for that message.

import { MessagePort } from "node:worker_threads";
import type { ChildSignal, StopReason } from "@steadfast/supervisor";

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

/** What a message from a worker means. Total; unknown words are messages of the user's. */
export function heardFrom(message: unknown): ChildSignal | Listening {
  const said = typeof message === "object" && message !== null ? message : {};
  const { steadfast, port } = said as { steadfast?: unknown; port?: unknown };
  if (steadfast === "listening" && port instanceof MessagePort) return { steadfast, port };
  const word = WORDS.find((candidate) => candidate === steadfast);
  return word === undefined ? { type: "message", message } : { type: word };
}
