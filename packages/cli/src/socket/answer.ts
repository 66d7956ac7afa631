// Answers one request of a second terminal.

import type { Host } from "../stack/host.js";
import { idsOf, reload, restart, stop, unknown } from "../stack/orders.js";
import type { Reply } from "./reply.js";
import type { Request } from "./request.js";

/** The other side, while it is there. */
export interface Asker {
  say(reply: Reply): void;
  /** Ends the answer. */
  end(): void;
  /** Calls `left` once, when the other side is gone. */
  onGone(left: () => void): void;
}

export async function answer(host: Host, request: Request, asker: Asker): Promise<void> {
  switch (request.ask) {
    case "status":
      asker.say({ status: statusOf(host) });
      return asker.end();
    case "logs":
      return logs(host, request.name, request.follow, asker);
    case "restart":
      asker.say(await restart(host, request.name));
      return asker.end();
    case "reload":
      asker.say(reload(host, request.name));
      return asker.end();
    case "stop":
      if (request.name !== null) {
        asker.say(stop(host, request.name));
        return asker.end();
      }
      asker.say({ done: true, text: `${host.stack.name} is stopping` });
      void host.tree.stop(); // the connection ends with the stack
  }
}

function statusOf(host: Host) {
  const { name, folder } = host.stack;
  return { name, folder, pid: process.pid, rows: host.rows(), tree: host.tree.status() };
}

function logs(host: Host, name: string | null, follow: boolean, asker: Asker): void {
  const ids = name === null ? null : idsOf(host, name);
  if (name !== null && ids?.length === 0) {
    asker.say(unknown(host, name));
    return asker.end();
  }
  const past = ids === null ? host.logs.last(null) : ids.flatMap((id) => host.logs.last(id));
  for (const log of past) asker.say({ log });
  if (!follow) return asker.end();
  const remove = host.logs.on((log) => {
    if (ids === null || ids.includes(log.id)) asker.say({ log });
  });
  asker.onGone(remove);
}
