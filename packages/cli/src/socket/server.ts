// The socket of a running stack. One request per connection, in one short line, soon: anything else ends the connection
// and nothing but that. A reader that is too slow loses lines of logs, and learns how many.

import { createServer, type Socket } from "node:net";
import type { Host } from "../stack/host.js";
import { type Asker, answer } from "./answer.js";
import { lineReader } from "./line-reader.js";
import { listenAt } from "./listen.js";
import type { Reply } from "./reply.js";
import { readRequest } from "./request.js";

export interface Limits {
  /** The longest request, in characters. */
  readonly longest: number;
  /** A request has to be there after so many milliseconds. */
  readonly withinMs: number;
  /** So many connections at a time; those beyond are closed. */
  readonly connections: number;
  /** So many bytes may wait for a slow reader. */
  readonly waiting: number;
}

const LIMITS: Limits = { longest: 4_096, withinMs: 5_000, connections: 32, waiting: 1_048_576 };

/**
 * Listens for second terminals until it is disposed of. The place is taken before the stack is there, which `hostOf` answers.
 * @throws CliError if somebody listens there already.
 */
export async function serve(
  hostOf: () => Host | null,
  path: string,
  limits = LIMITS,
): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const host = hostOf();
    if (host) hear(host, socket, limits);
    else socket.destroy(); // it is not there yet
  });
  server.maxConnections = limits.connections;
  await listenAt(server, path);
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
}

function hear(host: Host, socket: Socket, { longest, withinMs, waiting }: Limits): void {
  const asker = askerOf(socket, waiting);
  let isAsked = false;
  const reader = lineReader(longest, (line) => {
    if (isAsked) return;
    isAsked = true;
    socket.setTimeout(0);
    const request = readRequest(line);
    if (typeof request !== "string") return void answer(host, request, asker);
    asker.say({ error: request });
    asker.end();
  });
  socket.setEncoding("utf8");
  socket.setTimeout(withinMs, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (piece: string) => {
    if (!isAsked && !reader.take(piece)) socket.destroy();
  });
}

function askerOf(socket: Socket, waiting: number): Asker {
  let lost = 0;
  const write = (reply: Reply) => socket.write(`${JSON.stringify(reply)}\n`, sayLost);
  const sayLost = () => {
    if (lost === 0 || !socket.writable) return;
    const count = lost;
    lost = 0;
    write({ lost: count });
  };
  return {
    say(reply) {
      if (!socket.writable) return;
      if ("log" in reply && socket.writableLength > waiting) lost++;
      else write(reply);
    },
    end: () => socket.end(),
    onGone: (left) => {
      if (socket.destroyed) left();
      else socket.once("close", left);
    },
  };
}
