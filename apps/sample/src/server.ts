// The child process: lists a folder and serves its files, on loopback only.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ready } from "@steadfast/child-process/child";
import { listFiles } from "./app/folder.js";
import type { Serving } from "./app/messages.js";

const [folder = "."] = process.argv.slice(2);
const files = await listFiles(folder);
const known = new Set(files);

const server = createServer((request, response) => {
  answer(request.url ?? "/").then(
    (body) => response.writeHead(body === null ? 404 : 200).end(body ?? ""),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

/** The body for a path, or null if there is nothing there. */
async function answer(path: string): Promise<string | Buffer | null> {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  if (pathname === "/files") return JSON.stringify(files);
  const file = searchParams.get("name") ?? "";
  return pathname === "/file" && known.has(file) ? readFile(join(folder, file)) : null;
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ type: "serving", port } satisfies Serving);
  ready();
});

// The parent process is gone: nobody will ask for anything any more.
process.on("disconnect", () => process.exit());
