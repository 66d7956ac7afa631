// Handing a message to a child that is there.

import type { LiveChild } from "./launcher.js";

export const CANNOT_ASK =
  "request() needs a child that can be asked, such as a worker or a forked process";

/** False if nobody took it; `backlog` if more waits in the channel than should. */
export function deliver(
  child: LiveChild | null,
  by: "send" | "reload",
  message: unknown,
  transferList?: readonly unknown[],
): boolean | "backlog" {
  if (!child) return false;
  const own = by === "reload" ? child.reload?.(message) : undefined;
  if (own !== undefined) return own;
  if (!child.send) return false;
  const taken = transferList ? child.send(message, transferList) : child.send(message);
  if (taken === false) return false;
  return taken === "backlog" ? "backlog" : true;
}
