// What the owner of a supervision wants, carried out on a draft. An order that is answered gives the
// effect `answer`.

import type { FenceDecision } from "@steadfast/child-slot";
import type { Refuse } from "@steadfast/policy";
import type { Order } from "./events.js";
import type { OneChild } from "./one-child.js";
import type { Post } from "./post.js";
import { isFree, isUp } from "./seat.js";

/** Every order but those that end a supervision, or forgive its past. */
export type PostOrder = Exclude<Order, { readonly type: "stop" | "kill" | "reset" }>;

export function obeyOrder(child: OneChild, order: Order): void {
  switch (order.type) {
    case "stop":
    case "kill":
      child.ending ??= { type: "stopped", by: order.by };
      return void child.move({ type: order.type });
    case "reset":
      return child.reset();
    default:
      return obeyPostOrder(child, order);
  }
}

/** An order that means the same to a child alone and to one of a tree. */
export function obeyPostOrder(child: Post, order: PostOrder): void {
  switch (order.type) {
    case "restart":
      return restart(child, order.requester, order.reason);
    case "pause":
      return void child.move({ type: "pause" });
    case "resume":
      return resume(child);
    case "reload":
      child.reload = true;
      return cutBy(child, "reload");
    case "send":
      return cutBy(child, "send");
    case "signal":
      if (child.seat?.launched) child.tell({ type: "signal", signal: order.signal });
      return child.tell({ type: "answer", answer: child.seat?.launched ?? false });
    case "unhealthy": {
      const answer = isUp(child.slot);
      const { generation } = child.slot;
      if (answer) child.move({ type: "unhealthy", generation, reason: order.reason });
      return child.tell({ type: "answer", answer });
    }
    case "recycle":
      return child.tell({ type: "answer", answer: recycle(child, order.reason) });
  }
}

/** A planned restart: by order of nobody, and so never asked of the policy. */
export function recycle(child: Post, reason: string): boolean {
  if (!isUp(child.slot) || !child.takesRestart()) return false;
  child.tell({ type: "recycled", reason });
  child.move({ type: "restart", requester: "recycle", reason });
  return true;
}

function restart(child: Post, requester: string, reason: string): void {
  const refused = child.takesRestart() ? refusal(child) : null;
  if (refused) return child.tell({ type: "answer", answer: refused });
  if (child.fault) return child.tell({ type: "answer", answer: "blocked-by-shutdown" });
  // What becomes of it is the first thing that the slot says.
  const [said] = child.move({ type: "restart", requester, reason });
  child.tell({ type: "answer", answer: (said as Fence).report.decision });
}

interface Fence {
  readonly report: { readonly decision: FenceDecision };
}

function resume(child: Post): void {
  if (!child.slot.open || child.slot.intent !== "paused") return;
  const refused = refusal(child);
  if (refused) return child.tell({ type: "answer", answer: refused });
  if (child.fault) return;
  child.move({ type: "resume" });
  if (isFree(child.slot)) child.occupy("operator");
}

/** What the policy has against an operator's launch, where it is asked. */
function refusal(child: Post): Refuse | null {
  if (child.rules.settings.operatorLaunches === "free") return null;
  const answer = child.ask("operator");
  return answer?.type === "refuse" ? answer : null;
}

function cutBy(child: Post, order: "reload" | "send"): void {
  if (child.rules.settings.delayCutBy.includes(order)) child.cut();
}
