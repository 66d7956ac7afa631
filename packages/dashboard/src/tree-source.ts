// A tree, as a dashboard sees it: a row per child, those of nested trees behind the child that they are in.

import type { EventListener } from "@steadfast/supervisor";
import type { TreeHandle, TreeHandleStatus } from "@steadfast/supervisor/tree";
import type { KeptRecording } from "./recording.js";
import { rowOf } from "./row.js";
import type { Source } from "./source.js";
import type { Head, Row } from "./wire.js";

type Status = TreeHandleStatus["children"][number];

export class TreeSource implements Source {
  readonly type = "tree";
  readonly of: string;

  constructor(
    readonly handle: TreeHandle,
    readonly recording: KeptRecording | null,
  ) {
    this.of = handle.status().id;
  }

  now(): number {
    return this.handle.snapshot().at;
  }

  /** Costs the same for any number of children: it is made of the state, not of the status of all. */
  head(): Head {
    const { at, tree } = this.handle.snapshot();
    const { plan, up, end } = tree;
    return {
      of: this.of,
      type: "tree",
      now: at,
      up,
      outcome: end?.type ?? null,
      plan: plan && {
        stop: plan.stopping,
        start: plan.starting.length + plan.start.length - plan.begun,
        until: plan.gateAt,
      },
      journal: this.recording !== null,
    };
  }

  rows(): Row[] {
    const rows: Row[] = [];
    const now = this.now();
    const add = (children: readonly Status[]) => {
      for (const child of children) {
        const { kind, done } = child;
        rows.push(rowOf(child, { path: child.path.slice(1), kind, done, held: null, now }));
        if (child.tree) add(child.tree.children);
      }
    };
    add(this.handle.status().children);
    return rows;
  }

  row(path: string): Row | null {
    const status = this.status(path);
    if (!status) return null;
    const { kind, done } = status;
    return rowOf(status, { path, kind, done, held: null, now: this.now() });
  }

  status(path: string) {
    return isPath(path) ? this.handle.child(path).status() : null;
  }

  policy(path: string) {
    return isPath(path) ? this.handle.child(path).policy() : null;
  }

  listen(hear: EventListener): () => void {
    return this.handle.on(hear);
  }
}

const isPath = (path: string): boolean => path.split("/").every((id) => id.trim() !== "");
