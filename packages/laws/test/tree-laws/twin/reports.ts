// What is known of a child of the twin.

import { subdraw } from "@steadfast/policy";
import type { Act } from "./act.js";
import { isThere } from "./member.js";
import type { Heard, Kid } from "./words.js";

export function report(act: Act, kid: Kid, event: Heard): void {
  const member = act.member(kid);
  if (act.kind(kid).tree) return;
  const generation = event["generation"] as number;
  switch (event.type) {
    case "launched":
      return launched(act, kid, event);
    case "ready":
    case "not-ready":
      return void member.move({ type: event.type, generation });
    case "heartbeat":
      return void member.move({ type: "heartbeat", generation, at: event["at"] as number });
    case "exited":
      if (event["fault"]) act.breaks(kid, (event["fault"] as { error: unknown }).error);
      return void member.move({ type: "exited", generation, exit: event["exit"] as never });
    case "used": {
      const left = kid.seat?.recycle;
      if (generation !== kid.slot.generation || !isThere(kid.slot) || !left) return;
      const uses = event["uses"] as number;
      if (left.uses === null || uses === 0) return;
      left.uses = Math.max(0, left.uses - uses);
      if (left.uses === 0) member.recycle("uses");
      return;
    }
  }
}

function launched(act: Act, kid: Kid, event: Heard): void {
  const { seat, slot } = kid;
  if (!seat || seat.launched || event["generation"] !== slot.generation) return;
  const member = act.member(kid);
  const { recycle } = act.kind(kid);
  seat.launched = true;
  if (recycle) {
    const share = 1 - (recycle.spread ?? 0) * subdraw(member.draw, "recycle");
    const part = (limit: number) => Math.max(1, Math.ceil(limit * share));
    seat.recycle = {
      age: recycle.ageMs === undefined ? null : part(recycle.ageMs),
      at: null,
      uses: recycle.uses === undefined ? null : part(recycle.uses),
    };
  }
  const { pid } = event as { pid?: number };
  member.tell({ type: "launched", cause: seat.cause, ...(pid === undefined ? {} : { pid }) });
  if (kid.reload) {
    kid.reload = false;
    member.tell({ type: "send" });
  }
  if (slot.phase.status !== "ready") return;
  member.age();
  member.tell({ type: "report", report: { type: "ready" } });
  member.tell({ type: "up" });
}
