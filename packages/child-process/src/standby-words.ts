// What a standby and its supervisor say to each other: `{ steadfast: "waiting" }`, and later
// `{ steadfast: "begin", attempt, generation }`.

import type { LaunchInfo } from "@steadfast/supervisor";

/** What a standby says when it is up. */
export const WAITING = "waiting";

/** The word to begin. */
export interface BeginWord extends Pick<LaunchInfo, "attempt" | "generation"> {
  readonly steadfast: "begin";
}

/** The word to begin as this attempt. */
export function beginWord({ attempt, generation }: LaunchInfo): BeginWord {
  return { steadfast: "begin", attempt, generation };
}

/** The word to begin, if a message is that. */
export function beginning(message: unknown): BeginWord | null {
  return wordIn(message) === "begin" ? (message as BeginWord) : null;
}

/** Whether a message says that a standby waits. */
export function isWaiting(message: unknown): boolean {
  return wordIn(message) === WAITING;
}

function wordIn(message: unknown): unknown {
  return (message as { steadfast?: unknown } | null | undefined)?.steadfast;
}
