// An operator's orders: each is one call of the handle, and its answer is what the handle says. No rule stands here.

import { readOptions } from "@steadfast/policy";
import type { SupervisorHandle } from "@steadfast/supervisor";
import type { TreeHandle } from "@steadfast/supervisor/tree";
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";

export const ORDERS = ["restart", "stop", "pause", "resume", "reset", "reload"] as const;

export type Order = (typeof ORDERS)[number];

interface OrderBody {
  readonly of: string;
  readonly path?: string;
  readonly order: Order;
}

const isText = (value: unknown): boolean => typeof value === "string";

/** Gives an order, and answers with what became of it. Throws a `Refusal`, or `PolicyOptionsError` for a bad body. */
export async function giveOrder(
  body: object,
  find: (of: string) => Source,
): Promise<{ readonly answer: string }> {
  const read = readOptions<OrderBody>("order", body as OrderBody);
  const of = read.checked<string>("of", "the name of a supervision", isText);
  const path = read.checked<string | null>("path", "the path of a child", isText, null);
  const order = read.oneOf("order", ORDERS);
  read.end();
  const source = find(of);
  if (path === null) return { answer: await toWhole(source, order) };
  if (!source.status(path)) throw new Refusal(404, "unknown-child", "there is no such child");
  const { handle } = source;
  if (!isTree(handle)) return { answer: await toWhole(source, order) };
  return { answer: await toChild(handle, path, order) };
}

export function isTree(handle: object): handle is TreeHandle {
  return "startChild" in handle;
}

/** To a tree, or to a child that stands alone. */
async function toWhole({ handle, type }: Source, order: Order): Promise<string> {
  if (order === "stop") return stopped(handle);
  if (order === "reset") {
    handle.reset();
    return DONE;
  }
  if (!isTree(handle)) return toOne(handle, order);
  const message = `a ${type} takes stop and reset; ${order} is for one of its children`;
  throw new Refusal(400, "not-for-a-tree", message);
}

/** It may take long until nobody is left: the answer is that it has begun. */
function stopped(handle: SupervisorHandle | TreeHandle): string {
  void handle.stop();
  return "stopping";
}

async function toChild(tree: TreeHandle, path: string, order: Order): Promise<string> {
  const child = tree.child(path);
  if (order === "stop") return said(await tree.terminateChild(path));
  if (order === "restart" && child.status()?.done) return said(await tree.restartChild(path));
  return toOne(child, order);
}

type One = Pick<SupervisorHandle, "restart" | "pause" | "resume" | "reset" | "reload">;

function toOne(child: One, order: Exclude<Order, "stop">): string {
  switch (order) {
    case "restart": {
      const answer = child.restart({ requester: "dashboard", reason: "ordered on the page" });
      return typeof answer === "string" ? answer : `refused: ${answer.reason}`;
    }
    case "pause":
      child.pause();
      return DONE;
    case "resume": {
      const refusal = child.resume();
      return refusal ? `refused: ${refusal.reason}` : DONE;
    }
    case "reset":
      child.reset();
      return DONE;
    case "reload":
      return child.reload() ? DONE : "kept for the next attempt";
  }
}

const DONE = "done";

function said(answer: { readonly ok: boolean; readonly error?: string }): string {
  return answer.ok ? DONE : `refused: ${answer.error ?? ""}`;
}
