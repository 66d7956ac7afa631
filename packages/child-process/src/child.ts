// The child's side: its words to the supervisor, and what it is asked and told, over the IPC channel of a forked child.

import { fate, say } from "./say.js";

export type { RequestHandler, RequestInfo } from "@steadfast/supervisor/answering";
export { onMessage, onRequest } from "./child-messages.js";
export { type DrainOptions, drain } from "./drain-server.js";
export { listen } from "./listen.js";
export { whenActive } from "./when-active.js";

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

/**
 * Lets this process live on after its supervisor is gone, or after it has closed the channel itself.
 *
 * Without it a process that has used one of the words above asks itself to end (SIGTERM) 3 s after the channel was closed.
 * Effect on state: for good. Errors: none.
 *
 * @since 0.1.0
 * @example
 * stayOnDisconnect();
 */
export function stayOnDisconnect(): void {
  fate.stays = true;
}
