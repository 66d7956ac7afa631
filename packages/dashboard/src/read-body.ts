// The body of a request: JSON, at most 64 kB. How long it may take is the server's `requestTimeout`.

import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.js";

export const MOST_BYTES = 65_536;

/** Rejects with a `Refusal` for what is too large or no object of JSON. */
export async function readBody(request: IncomingMessage): Promise<object> {
  const type = request.headers["content-type"] ?? "";
  if (type !== "application/json") {
    throw new Refusal(415, "wrong-type", `Content-Type must be application/json, got ${type}`);
  }
  const body = parsed(await collected(request));
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Refusal(400, "bad-json", "the body must be an object of JSON");
  }
  return body;
}

async function collected(request: IncomingMessage): Promise<string> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > MOST_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const tooLarge = () => new Refusal(413, "too-large", `a body must be at most ${MOST_BYTES} bytes`);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(400, "bad-json", "the body must be an object of JSON");
  }
}
