// Server-sent events by `fetch`, which can send the token as a header, as an EventSource cannot. A connection that is lost
// is opened again with the id of the last message: the server tells what was missed.

import { type Server, ServerError } from "./server.ts";

export type Connection = "connecting" | "live" | "lost" | "refused";

export interface StreamListener {
  message(name: string, data: string): void;
  connection(state: Connection, why: string): void;
}

/** Waits between tries, in milliseconds. */
const WAITS = [200, 500, 1_000, 2_000, 5_000];
/** What another try cannot change. */
const FINAL = ["wrong-token", "wrong-host", "wrong-origin"];

/** Reads until `signal` fires, or the server will have nothing of it. */
export async function readStream(
  server: Server,
  listener: StreamListener,
  signal: AbortSignal,
): Promise<void> {
  let lastId = "";
  let tries = 0;
  while (!signal.aborted) {
    try {
      const body = await server.events(lastId, signal);
      for await (const { id, event, data } of messagesOf(body)) {
        tries = 0;
        lastId = id;
        listener.message(event, data);
        listener.connection("live", "");
      }
    } catch (error) {
      if (error instanceof ServerError && FINAL.includes(error.reason)) {
        return listener.connection("refused", error.message);
      }
    }
    if (signal.aborted) return;
    listener.connection("lost", "the connection is lost");
    await wait(WAITS[Math.min(tries, WAITS.length - 1)] ?? 0);
    tries += 1;
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Message, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let chunks: string[] = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    let rest = decoder.decode(value, { stream: true });
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      yield messageOf(chunks.join("") + rest.slice(0, end));
      chunks = [];
      rest = rest.slice(end + 2);
    }
    chunks.push(rest);
  }
}

/** Our server writes three lines: id, event, data. */
function messageOf(text: string): Message {
  const [id = "", event = "", ...data] = text.split("\n");
  return {
    id: id.slice("id: ".length),
    event: event.slice("event: ".length),
    data: data.join("\n").slice("data: ".length),
  };
}
