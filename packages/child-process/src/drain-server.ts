// Ends a server without losing a request.
//
// 1. It takes no connection any more. Node's own `close()` of an HTTP server also closes the idle ones, on which a request
//    may be under way; that of `net` does not.
// 2. Whatever is answered from now on says `Connection: close`, so that its client goes elsewhere next.
// 3. Connections that were idle for `idleMs` then are closed; after a turn of the event loop, in which everything that
//    has arrived was read. The time of one whose answer had begun before, without that word, runs from its end.

import { Server as HttpServer, type ServerResponse } from "node:http";
import { Server as HttpsServer } from "node:https";
import { Server } from "node:net";
import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import { type Traffic, trafficOf } from "./traffic.js";

/**
 * How a server is drained.
 * @since 0.1.0
 */
export interface DrainOptions {
  /** For how long an idle connection may still bring a request, in ms, whole: from 0 to 60 000. Default 1 000. */
  readonly idleMs?: number;
}

const draining = new WeakMap<Server, Promise<void>>();

/**
 * Ends a server in such a way that no request is lost: it accepts nothing more, answers what is under way and what still
 * comes over open connections, asks these clients to close, and closes the connections that stay idle. Settles when none is left.
 *
 * What waits in a shared port is then answered by others. For a server that is not one of `node:http` or `node:https` it is
 * `close()`, and its connections are waited for. Called again, it is the same promise.
 * Effect: `keepAliveTimeout` of the server becomes `idleMs`. It ends no process: one that nothing else keeps alive ends by itself then. Errors:
 * `PolicyOptionsError` for a bad option; never rejects.
 *
 * @since 0.1.0
 * @example
 * process.once("SIGTERM", () => void drain(server).then(() => database.end()));
 */
export function drain(server: Server, options: DrainOptions = {}): Promise<void> {
  readArguments("drain", arguments, 2);
  if (typeof (server as Partial<Server> | null)?.close !== "function") {
    throw new PolicyOptionsError(
      "drain",
      "server",
      "a server of node:http, node:https or node:net",
      server,
    );
  }
  const read = readOptions<DrainOptions>("drain", options);
  const idleMs = read.whole("idleMs", { max: 60_000, default: 1_000 });
  read.end();
  const drained = draining.get(server) ?? begin(server, idleMs);
  draining.set(server, drained);
  return drained;
}

function begin(server: Server, idleMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.once("close", resolve);
  });
  if (server instanceof HttpServer || server instanceof HttpsServer) drainHttp(server, idleMs);
  else server.close();
  return closed;
}

function drainHttp(server: HttpServer | HttpsServer, idleMs: number): void {
  const traffic = trafficOf(server);
  let idleSince = performance.now();
  server.prependListener("request", (_request, answer) => sayClose(answer));
  for (const answer of traffic.answers) {
    if (!answer.headersSent) sayClose(answer);
    else {
      answer.once("close", () => {
        idleSince = performance.now();
      });
    }
  }
  server.keepAliveTimeout = Math.max(1, idleMs);
  Server.prototype.close.call(server);

  function wait(ms: number): void {
    const timer = setTimeout(setImmediate, ms, look);
    server.once("close", () => clearTimeout(timer));
  }

  function look(): void {
    const leftMs = idleSince + idleMs - performance.now();
    if (leftMs > 0) wait(Math.ceil(leftMs));
    else closeIdle(server, traffic);
  }

  wait(idleMs);
}

function sayClose(answer: ServerResponse): void {
  answer.setHeader("Connection", "close");
}

/** For Node, a connection that has never brought anything is not idle. */
function closeIdle(server: HttpServer | HttpsServer, { sockets }: Traffic): void {
  server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}
