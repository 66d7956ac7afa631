// One reader of the stream of events. What it has not taken yet is bounded: one that reads too slowly is dropped, and
// may come back with the number of the last event that it saw.

import type { ServerResponse } from "node:http";

/** What may wait for a reader beyond its first message. */
const MOST_WAITING = 1024 * 1024;

export class Client {
  #most = MOST_WAITING;

  constructor(
    private readonly response: ServerResponse,
    private readonly onDrop: () => void,
  ) {
    response.socket?.setTimeout(0);
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
  }

  /** Its first message, which may be large: a snapshot of everything. */
  begin(id: string, name: string, data: string): void {
    this.#most = data.length + MOST_WAITING;
    this.send(id, name, data);
  }

  send(id: string, name: string, data: string): void {
    this.response.write(`id: ${id}\nevent: ${name}\ndata: ${data}\n\n`);
    if (this.response.writableLength > this.#most) this.drop();
  }

  /** What waits for it is thrown away, and its connection is closed. */
  drop(): void {
    this.onDrop();
    this.response.destroy();
  }
}
