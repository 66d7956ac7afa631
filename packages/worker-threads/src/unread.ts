// What this worker was sent and cannot read: told to the host, which alone knows what it was.

import { type MessagePort, parentPort } from "node:worker_threads";
import { thrownNote } from "@steadfast/supervisor/answering";
import type { Unread } from "./wire.js";

const KEY = Symbol.for("@steadfast/worker-threads/unread");

/** Tells the host of every message that cannot be read here: once, whichever copy of this module asks first. Keeps nothing alive. */
export function tellUnread(): void {
  const port: (MessagePort & { [KEY]?: true }) | null = parentPort;
  if (!port || port[KEY]) return;
  port[KEY] = true;
  port.on("messageerror", (error: unknown) => {
    port.postMessage({ steadfast: "unread", note: thrownNote(error) } satisfies Unread);
  });
}
