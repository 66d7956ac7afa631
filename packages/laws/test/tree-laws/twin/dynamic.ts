// Orders about who stands in the tree of the twin: OTP's.

import type { Act } from "./act.js";
import { isDown } from "./member.js";
import { startRoll } from "./rolls.js";
import { fresh } from "./twin.js";
import type { Heard, Operation, TwinKind } from "./words.js";

const TYPES = ["start-child", "terminate-child", "restart-child", "delete-child"];

export const isDynamic = ({ type }: Heard) => TYPES.includes(type);

/** At once, or when the plan that is at work is done. */
export function dynamic(act: Act, order: Heard): void {
  if (act.s.end) return act.answered(order["ref"], "shutdown");
  if (act.isWorking() || act.s.later.length > 0) act.s.later.push({ order });
  else obeyDynamic(act, order);
}

export function obeyDynamic(act: Act, order: Heard): void {
  const { type } = order;
  const id = order["id"] as string;
  const ref = order["ref"] as number | null;
  const kid = act.find(id);
  const no = (error: string) => act.answered(ref, error);
  if (act.s.end) return no("shutdown");
  if (type === "roll") return startRoll(act, order);
  if (type === "start-child") {
    const wrong = wrongKind(act, order["kind"] as string);
    if (wrong) return no(wrong);
    if (kid) return no(act.isRunning(kid) ? "already-started" : "already-present");
    return add(act, id, order["kind"] as string, ref);
  }
  if (!kid) return no("not-found");
  if (type === "terminate-child") {
    act.dropWait(kid);
    kid.done = true;
    kid.begunAt = null;
    act.leave(id);
    act.forget(id);
    if (!isDown(kid.slot)) {
      const plan = act.planned();
      plan.stop = act.ordered([...plan.stop, id]);
      plan.ops = [...plan.ops, { type, id, ref }];
      return;
    }
    act.answered(ref);
    if (act.kind(kid).restart === "temporary") act.remove(kid);
    return;
  }
  if (act.isRunning(kid)) return no("running");
  if (type === "restart-child" && kid.slot.intent !== "active") return no("paused");
  if (act.isAwaited(kid)) return no("restarting");
  if (type === "restart-child") return plan(act, { type, id, ref });
  act.remove(kid);
  act.answered(ref);
}

function wrongKind({ rules }: Act, name: string): string | null {
  const kind = rules.kinds.get(name);
  if (!kind || !rules.startable.has(name)) return "unknown-kind";
  const isBad =
    kind.significant && (kind.restart === "permanent" || rules.autoShutdown === "never");
  return isBad ? "bad-combination" : null;
}

function add(act: Act, id: string, name: string, ref: number | null): void {
  const kind = act.rules.kinds.get(name) as TwinKind;
  act.s.kids.push(fresh(kind, id, name));
  act.out.push({ type: "added", path: [id], kind: name });
  plan(act, { type: "start-child", id, ref });
}

function plan(act: Act, op: Operation): void {
  const plan = act.planned();
  plan.start = act.ordered([...plan.start, op.id]);
  plan.ops = [...plan.ops, op];
}
