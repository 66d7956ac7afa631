// What the owner of a supervision wants, carried out on a draft. An order that is answered gives the
// effect `answer`.

import type { SlotCommand } from "@steadfast/child-slot";
import type { Refuse } from "@steadfast/policy";
import type { Order } from "./events.js";
import type { OneChild } from "./one-child.js";
import { isFree, isUp, takesRestart } from "./seat.js";

export function obeyOrder(child: OneChild, order: Order): void {
  switch (order.type) {
    case "stop":
    case "kill":
      child.ending ??= { type: "stopped", by: order.by };
      return void child.move({ type: order.type });
    case "restart":
      return restart(child, order.requester, order.reason);
    case "pause":
      return void child.move({ type: "pause" });
    case "resume":
      return resume(child);
    case "reset":
      return child.reset();
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
export function recycle(child: OneChild, reason: string): boolean {
  if (!isUp(child.slot) || !takesRestart(child.slot)) return false;
  child.tell({ type: "recycled", reason });
  child.move({ type: "restart", requester: "recycle", reason });
  return true;
}

function restart(child: OneChild, requester: string, reason: string): void {
  const refused = takesRestart(child.slot) ? refusal(child) : null;
  if (refused) return child.tell({ type: "answer", answer: refused });
  if (child.fault) return child.tell({ type: "answer", answer: "blocked-by-shutdown" });
  const decision = decisionIn(child.move({ type: "restart", requester, reason }));
  if (decision) child.tell({ type: "answer", answer: decision });
}

function resume(child: OneChild): void {
  if (!child.slot.open || child.slot.intent !== "paused") return;
  const refused = refusal(child);
  if (refused) return child.tell({ type: "answer", answer: refused });
  if (child.fault) return;
  child.move({ type: "resume" });
  if (isFree(child.slot)) child.occupy("operator");
}

/** What the policy has against an operator's launch, where it is asked. */
function refusal(child: OneChild): Refuse | null {
  if (child.rules.settings.operatorLaunches === "free") return null;
  const answer = child.ask("operator");
  return answer?.type === "refuse" ? answer : null;
}

function cutBy(child: OneChild, order: "reload" | "send"): void {
  if (child.rules.settings.delayCutBy.includes(order)) child.cut();
}

function decisionIn(commands: readonly SlotCommand[]) {
  for (const command of commands) {
    if (command.type === "report" && command.report.type === "fence")
      return command.report.decision;
  }
  return null;
}
