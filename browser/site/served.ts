// The built site on loopback, as any host of static files serves it, and the addresses of its pages.

import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { later } from "../test/stage.ts";

const WWW = fileURLToPath(new URL("../../site/dist/www/", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Every page but the one for addresses that are not there. */
export const PAGES: readonly string[] = globSync("**/*.html", { cwd: WWW })
  .filter((page) => page !== "404.html")
  .sort();

/** The text of a page. */
export const readPage = (path: string): string => readFileSync(join(WWW, path), "utf8");

/** Serves it until the test ends; answers the origin. */
export async function serveSite(): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    readFile(join(WWW, decodeURIComponent(file))).then(
      (content) => {
        response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  later(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
