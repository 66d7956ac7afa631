// A proxy in front of a server, which cuts one client off in the ways that networks do.

import { connect, createServer, type Socket } from "node:net";

/** What becomes of the bytes: all go through; answers are lost; requests are lost; nobody gets in. */
export type Mode = "open" | "no-answer" | "no-request" | "refuse";

export interface Cable {
  readonly port: number;
  set(mode: Mode): void;
  close(): Promise<void>;
}

export async function startProxy(target: number): Promise<Cable> {
  let mode: Mode = "open";
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (mode === "refuse") return void client.resetAndDestroy();
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (bytes) => {
      if (mode !== "no-request") upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (mode !== "no-answer") client.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const reset = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { readonly port: number }).port,
    set(next) {
      // Bytes that were dropped are gone: what was connected meanwhile cannot go on.
      if (next === "open" || next === "refuse") reset();
      mode = next;
    },
    async close() {
      reset();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
