// Reads a stream of server-sent events, one message after the other.

import type { IncomingMessage } from "node:http";
import type { Dashboard } from "../src/index.js";
import type { Change, ChangePart, Snapshot } from "../src/wire.js";
import { open, own } from "./asking.js";

export interface Message {
  readonly id: string;
  readonly event: string;
  /** A snapshot, or a change: `event` says which. */
  readonly data: Omit<Snapshot & Change, "parts"> & {
    readonly parts: readonly [ChangePart, ...ChangePart[]];
  };
}

export interface Reading {
  readonly response: IncomingMessage;
  next(): Promise<Message>;
  /** The next messages, up to the first that passes. */
  until(passes: (message: Message) => boolean): Promise<Message>;
  close(): void;
}

export async function read(page: Dashboard, lastId?: string): Promise<Reading> {
  const headers = lastId === undefined ? own(page) : { ...own(page), "last-event-id": lastId };
  const response = await open(page, { path: "/api/events", headers });
  const messages = messagesOf(response);
  const next = async () => {
    const { value, done } = await messages.next();
    if (done) throw new Error("the stream is over");
    return value;
  };
  return {
    response,
    next,
    async until(passes) {
      let message = await next();
      while (!passes(message)) message = await next();
      return message;
    },
    close: () => response.destroy(),
  };
}

async function* messagesOf(response: IncomingMessage): AsyncGenerator<Message, void> {
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) {
    text += chunk as string;
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) yield messageOf(part);
  }
}

function messageOf(part: string): Message {
  const fields = Object.fromEntries(
    part
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]),
  );
  return {
    id: fields.id ?? "",
    event: fields.event ?? "",
    data: JSON.parse(fields.data ?? "null"),
  };
}
