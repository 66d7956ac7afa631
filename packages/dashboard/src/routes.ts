// What can be asked for: the page's files without a token, everything else with it.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Assets } from "./assets.js";
import { budgetsOf, childDetail } from "./child-detail.js";
import type { Feed } from "./feed.js";
import type { Guard } from "./guard.js";
import { giveOrder } from "./orders.js";
import { readBody } from "./read-body.js";
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";
import { whatIf } from "./what-if.js";

export interface Served {
  readonly assets: Assets;
  readonly guard: Guard;
  readonly feed: Feed;
  readonly orders: boolean;
}

type Answering = (served: Served, request: IncomingMessage, response: ServerResponse) => unknown;

const GET: Readonly<Record<string, Answering>> = {
  "/api/snapshot": ({ feed }, _, response) => answer(response, 200, feed.snapshot()),
  "/api/events": ({ feed }, { headers }, response) =>
    feed.join(response, String(headers["last-event-id"] ?? "")),
};

const POST: Readonly<Record<string, Answering>> = {
  "/api/order": async (served, request, response) => {
    if (!served.orders) throw new Refusal(403, "no-orders", "this dashboard only shows");
    answer(response, 200, await giveOrder(await readBody(request), finder(served.feed)));
  },
  "/api/child": async ({ feed }, request, response) =>
    answer(response, 200, childDetail(await readBody(request), finder(feed), feed.ring)),
  "/api/budgets": async ({ feed }, request, response) =>
    answer(response, 200, budgetsOf(await readBody(request), finder(feed))),
  "/api/what-if": async ({ feed }, request, response) =>
    answer(response, 200, whatIf(await readBody(request), finder(feed))),
};

/** Serves one request. Throws, or rejects with, a `Refusal`. */
export async function serve(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { guard, assets } = served;
  guard.checkPlace(request);
  const { method = "" } = request;
  const path = pathOf(request);
  const asset = assets.get(path);
  if (asset && (method === "GET" || method === "HEAD")) {
    response.writeHead(200, { "Content-Type": asset.type, "Content-Length": asset.body.length });
    response.end(method === "GET" ? asset.body : undefined);
    return;
  }
  guard.checkToken(request);
  const answering = route(method, path);
  await answering(served, request, response);
}

function route(method: string, path: string): Answering {
  const routes = method === "GET" ? GET : method === "POST" ? POST : null;
  if (routes && Object.hasOwn(routes, path)) return routes[path] as Answering;
  if (Object.hasOwn(GET, path) || Object.hasOwn(POST, path)) {
    const allowed = Object.hasOwn(GET, path) ? "GET" : "POST";
    throw new Refusal(405, "wrong-method", `${path} takes ${allowed}`);
  }
  throw new Refusal(404, "unknown-path", "there is nothing at this path");
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0] as string;
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}

const finder =
  ({ sources }: Feed) =>
  (of: string): Source => {
    const source = sources.find((one) => one.of === of);
    if (!source) throw new Refusal(404, "unknown-supervision", "there is no such supervision");
    return source;
  };
