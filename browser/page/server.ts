// What is asked of the server, always with the token. What it refuses is an error with its sentence.

import type { Refused } from "../../packages/dashboard/src/wire.ts";

export class ServerError extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export class Server {
  constructor(private readonly token: string) {}

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    const response = await this.#ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  }

  /** Opens the stream; `lastId` is that of the last message that was seen. */
  async events(lastId: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = lastId === "" ? {} : { "Last-Event-ID": lastId };
    const { body } = await this.#ask("./api/events", { headers, signal });
    if (!body) throw new ServerError("no-body", "the stream is empty");
    return body;
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const headers = {
      ...(init.headers as Record<string, string>),
      Authorization: `Bearer ${this.token}`,
    };
    const response = await fetch(path, {
      ...init,
      headers,
      cache: "no-store",
      credentials: "omit",
    });
    if (response.ok) return response;
    const { error, message } = (await response.json().catch(() => UNREADABLE)) as Refused;
    throw new ServerError(error, message);
  }
}

const UNREADABLE: Refused = { error: "unreadable", message: "the server answered what is no JSON" };
