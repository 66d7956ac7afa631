// The child's side: three words to the supervisor, over the IPC channel of a forked child.

import type { ChildWord } from "./ipc-signal.js";

/**
 * Tells the supervisor that this process does its work now.
 *
 * Answers true if the word was handed to the channel, false if nobody is there: no channel, or the
 * supervisor is gone. So the same program also runs by itself. Effect on state: none. Errors: none;
 * a channel that breaks while the word is under way swallows it. Does not keep the process alive.
 *
 * @since 0.1.0
 * @example
 * server.listen(8080, () => ready());
 */
export function ready(): boolean {
  return say("ready");
}

/**
 * Tells the supervisor that this process is alive and cannot work now. As `ready`.
 * @since 0.1.0
 */
export function notReady(): boolean {
  return say("not-ready");
}

/**
 * Tells the supervisor that this process is alive. One call is one heartbeat: the interval is the
 * caller's. As `ready`.
 *
 * @since 0.1.0
 * @example
 * setInterval(heartbeat, 1_000).unref();
 */
export function heartbeat(): boolean {
  return say("heartbeat");
}

function say(word: ChildWord): boolean {
  if (!process.connected || !process.send) return false;
  process.send({ steadfast: word }, undefined, undefined, () => {});
  return true;
}
