// Orders by path: about one child of the twin, answered at once.

import type { Act } from "./act.js";
import { isDown, isFree, isThere } from "./member.js";
import type { Heard, Kid } from "./words.js";

export function obey(act: Act, kid: Kid, event: Heard): void {
  const member = act.member(kid);
  const { operatorLaunches, tree, delayCutBy } = act.kind(kid);
  const answer = (value: unknown) => member.tell({ type: "answer", answer: value });
  switch (event.type) {
    case "stop":
    case "kill":
      return end(act, kid, event.type === "kill" ? "force" : "halt");
    case "restart":
      return restart(act, kid, event);
    case "pause":
      act.tellLate(kid);
      act.dropWait(kid);
      act.leave(kid.id);
      member.move({ type: "pause" });
      return;
    case "resume":
      return resume(act, kid);
    case "reset":
      return member.reset();
    case "reload":
    case "send":
      if (tree) return answer(false);
      if (event.type === "reload") kid.reload = true;
      if (delayCutBy.includes(event.type)) member.cut();
      return;
    case "signal": {
      const isThereNow = !tree && (kid.seat?.launched ?? false);
      if (isThereNow) member.tell({ type: "signal", signal: event["signal"] });
      return answer(isThereNow);
    }
    case "unhealthy": {
      const is = isThere(kid.slot);
      const { generation } = kid.slot;
      const reason = event["reason"] as string;
      if (is) member.move({ type: "unhealthy", generation, reason });
      return answer(is);
    }
    case "recycle":
      return answer(!tree && member.recycle(event["reason"] as string));
  }

  function restart(_: Act, __: Kid, { requester, reason }: Heard): void {
    const { s } = act;
    const inStart = s.plan?.start.includes(kid.id) && !s.plan.starting.includes(kid.id);
    if (s.end) return answer("blocked-by-shutdown");
    if (inStart) return answer("already-pending");
    const { phase } = kid.slot;
    const isLeaving = kid.done && phase.status !== "stopped";
    if (s.plan?.stop.includes(kid.id) || isLeaving) return answer("blocked-by-shutdown");
    act.tellLate(kid);
    const takes =
      kid.slot.open && kid.slot.intent === "active" && !("pending" in phase && phase.pending);
    if (takes && operatorLaunches === "ask") {
      const asked = member.ask("operator");
      if (asked?.type === "refuse") return answer(asked);
      if (act.isBroken()) return answer("blocked-by-shutdown");
    }
    const commands = member.move({
      type: "restart",
      requester: requester as string,
      reason: reason as string,
    });
    for (const command of commands) {
      if (command.type === "report" && command.report.type === "fence") {
        return answer(command.report.decision);
      }
    }
  }

  function resume(_: Act, __: Kid): void {
    if (!kid.slot.open || kid.slot.intent !== "paused" || act.s.end) return;
    if (operatorLaunches === "ask") {
      const asked = member.ask("operator");
      if (asked?.type === "refuse") return answer(asked);
      if (act.isBroken()) return;
    }
    member.move({ type: "resume" });
    if (isFree(kid.slot)) member.occupy("operator");
  }
}

/** It is ended at once, and stays down. */
function end(act: Act, kid: Kid, type: "halt" | "force"): void {
  if (!act.s.end) {
    kid.done = true;
    kid.begunAt = null;
    act.dropWait(kid);
    act.leave(kid.id);
    act.forget(kid.id);
  }
  act.member(kid).move({ type });
  if (!act.s.end && isDown(kid.slot) && act.kind(kid).restart === "temporary") act.remove(kid);
}
