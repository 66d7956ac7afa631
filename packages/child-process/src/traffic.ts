// What is under way at a server: its connections, and the answers that are not finished. It is looked at from `listen`
// on, since Node tells nobody later.

import type { ServerResponse } from "node:http";
import type { Server, Socket } from "node:net";

/** What is under way. */
export interface Traffic {
  readonly sockets: ReadonlySet<Socket>;
  readonly answers: ReadonlySet<ServerResponse>;
}

const known = new WeakMap<Server, Traffic>();

/** What is under way from now on, or from the first call for this server. */
export function trafficOf(server: Server): Traffic {
  const traffic = known.get(server) ?? watch(server);
  known.set(server, traffic);
  return traffic;
}

function watch(server: Server): Traffic {
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.prependListener("request", (_request: unknown, answer: ServerResponse) => {
    answers.add(answer);
    answer.once("close", () => answers.delete(answer));
  });
  return { sockets, answers };
}
