// The convention between a child and its supervisor: an IPC message that is an object whose field
// `steadfast` is one of these words is a signal; so is what the user's own convention makes of one, by default pm2's.
// Every other message is the user's.

import type { ChildSignal } from "@steadfast/supervisor";

const WORDS = ["ready", "not-ready", "heartbeat"] as const;

/**
 * A word that a child can say to its supervisor.
 * @since 0.1.0
 */
export type ChildWord = (typeof WORDS)[number];

/**
 * What a message of a child's own convention means: one of our words, or nothing, which leaves it a message.
 * @since 0.1.0
 */
export type MessageSignal = (message: unknown) => ChildWord | undefined;

/** What pm2's `wait_ready` listens for. */
export const pm2Signal: MessageSignal = (message) => (message === "ready" ? "ready" : undefined);

/** What an IPC message means. An unknown word is an ordinary message; other fields do not matter. */
export function ipcSignal(message: unknown, own: MessageSignal = pm2Signal): ChildSignal {
  const said = (message as { steadfast?: unknown } | null | undefined)?.steadfast;
  const type = wordIn(said) ?? wordIn(own(message));
  return type ? { type } : { type: "message", message };
}

function wordIn(said: unknown): ChildWord | undefined {
  return WORDS.find((word) => word === said);
}
