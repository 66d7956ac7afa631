// The convention between a child and its supervisor: an IPC message that is an object whose field
// `steadfast` is one of these words is a signal. Every other message is the user's own.

import type { ChildSignal } from "@steadfast/supervisor";

const WORDS = ["ready", "not-ready", "heartbeat"] as const;

/** A word that a child can say to its supervisor. */
export type ChildWord = (typeof WORDS)[number];

/** What an IPC message means. An unknown word is an ordinary message; other fields do not matter. */
export function ipcSignal(message: unknown): ChildSignal {
  const said = (message as { steadfast?: unknown } | null | undefined)?.steadfast;
  const type = WORDS.find((word) => word === said);
  return type ? { type } : { type: "message", message };
}
