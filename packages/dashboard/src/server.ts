// The HTTP server: on 127.0.0.1 only, with a bound on everything that a client can do. Nothing that a request does
// becomes an uncaught error.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HEADERS } from "./headers.js";
import { answerTo } from "./refusal.js";
import { answer } from "./routes.js";

/** A request has to be here whole within that time, and an answer has to be taken. */
const MOST_MS = 10_000;

const LIMITS = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: MOST_MS,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;

/** Serves one request; may throw or reject. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens. Rejects if it cannot, such as on a port that is taken. */
export async function listen(
  port: number,
  maxConnections: number,
  serve: Serve,
): Promise<readonly [server: Server, port: number]> {
  const server = createServer(LIMITS, (request, response) => {
    void served(serve, request, response);
  });
  server.maxConnections = maxConnections;
  server.maxHeadersCount = 64;
  server.on("clientError", (_, socket) => socket.destroy());
  server.on("upgrade", (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return [server, (server.address() as AddressInfo).port];
}

async function served(
  serve: Serve,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  for (const one of [request, response]) one.on("error", () => response.destroy());
  // What is not taken in time is dropped; a stream goes on for as long as its page is there, and switches that off.
  request.socket.setTimeout(MOST_MS);
  try {
    await serve(request, response);
  } catch (error) {
    refused(request, response, error);
  }
}

function refused(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const [status, body] = answerTo(error);
  // What is still to come of the request is not read.
  if (!request.complete) response.setHeader("Connection", "close");
  answer(response, status, body);
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
