// A child that is a tree itself: to its launch, stop and kill it is stepped, and what it tells is what the
// child reports.

import type { Exit } from "@steadfast/policy";
import type { Effect } from "../effects.js";
import { takeReport } from "../reports.js";
import { TICK } from "../timing.js";
import { TreeDraft } from "./draft.js";
import type { TreeEffect, TreeOutcome } from "./effects.js";
import type { TreeEvent, TreeHappening } from "./events.js";
import type { SupervisionTree } from "./machine.js";
import type { Member } from "./member.js";
import type { TreeState } from "./state.js";

export class TreeStep extends TreeDraft {
  /** How effects of a member leave the tree. What is for a nested tree does not. */
  protected relay(member: Member, effect: Effect): void {
    const { id, kind, record } = member;
    switch (effect.type) {
      case "drawn":
        return this.drawn();
      case "forgiven":
        this.isForgiven = true;
        return;
      case "launch":
        if (kind.tree) return this.#launch(member, kind.tree, effect.generation);
        this.effects.push({ ...effect, path: [id], kind: record.kind });
        return;
      case "request-stop":
        if (kind.tree) return this.give(member, { type: "stop", by: "parent" });
        break;
      case "kill":
        if (kind.tree) return this.give(member, { type: "kill", by: "parent" });
        break;
      case "prepare":
        this.effects.push({ ...effect, path: [id], kind: record.kind });
        return;
    }
    this.effects.push({ ...effect, path: [id] } as TreeEffect);
  }

  #launch(member: Member, tree: SupervisionTree, generation: number): void {
    member.inner = tree.initial();
    takeReport(member, { type: "launched", generation });
    this.drain(member);
    this.give(member, { type: "begin" });
    this.give(member, TICK);
  }

  /** Steps the tree that a member is. */
  give(member: Member, event: TreeHappening, path: readonly string[] = []): void {
    const { tree } = member.kind;
    if (!tree || !member.inner) return;
    const { draw, wall } = member.event;
    const { generation } = member.slot;
    const given = { ...event, draw, wall, path } as TreeEvent;
    const [inner, effects] = tree.step(member.inner, given, this.now);
    member.inner = inner;
    for (const effect of effects) {
      if (effect.type === "drawn") this.drawn();
      else if (effect.type === "up" && !("path" in effect))
        this.inward.push({ member, generation, exit: null });
      else if (effect.type === "settle") {
        member.inner = husk(inner);
        this.inward.push({ member, generation, exit: exitOf(effect.outcome) });
      } else this.effects.push({ ...effect, path: [member.id, ...(effect.path ?? [])] });
    }
  }
}

/** What is left of a tree that is over: how it ended. */
const husk = (inner: TreeState): TreeState => ({ ...inner, pages: null, ids: null, budget: null });

/** How a tree ends is how the child ends that it is. */
function exitOf(outcome: TreeOutcome): Exit {
  switch (outcome.type) {
    case "completed":
      return { kind: "completed" };
    case "stopped":
      return { kind: "cancelled" };
    case "start-failed":
      return { kind: "spawn-failed", error: errorOf(outcome.path, "could not be started") };
    case "refused":
      return { kind: "failed", error: errorOf(outcome.path, outcome.reason) };
    case "failed":
      return { kind: "failed", error: errorOf(outcome.path, "broke a contract") };
  }
}

/** It is made within a step, so where it was made says nothing. */
function errorOf(path: readonly string[] | null, why: string): Error {
  const error = new Error(path ? `${path.join("/")}: ${why}` : why);
  delete error.stack;
  return error;
}
