// Requests as a client of any kind may send them: with whatever headers, over real HTTP on loopback.

import { type IncomingMessage, request } from "node:http";
import type { Dashboard } from "../src/index.js";
import type { Refused, Snapshot, SnapshotPart } from "../src/wire.js";

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  readonly json: Omit<Snapshot, "parts"> & {
    readonly parts: readonly [SnapshotPart, ...SnapshotPart[]];
  } & Refused & { readonly answer?: string };
}

export const tokenOf = ({ url }: Dashboard): string => url.split("#")[1] as string;

/** What our own page sends with every request. */
export const own = (page: Dashboard): Record<string, string> => ({
  authorization: `Bearer ${tokenOf(page)}`,
  origin: `http://127.0.0.1:${page.port}`,
  "content-type": "application/json",
});

export function open(page: Dashboard, asked: Asked): Promise<IncomingMessage> {
  const { method = "GET", path = "/api/snapshot", headers = own(page), body } = asked;
  return new Promise((resolve, reject) => {
    const { port } = page;
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, resolve);
    sent.on("error", reject);
    sent.end(
      body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    );
  });
}

export async function ask(page: Dashboard, asked: Asked = {}): Promise<Answered> {
  const response = await open(page, asked);
  response.setEncoding("utf8");
  let text = "";
  for await (const chunk of response) text += chunk as string;
  const isJson = response.headers["content-type"]?.startsWith("application/json");
  const { statusCode = 0, headers } = response;
  return { status: statusCode, headers, text, json: isJson ? JSON.parse(text) : null };
}

/** Posts JSON, as the page does. */
export const post = (page: Dashboard, path: string, body: unknown): Promise<Answered> =>
  ask(page, { method: "POST", path, body });
