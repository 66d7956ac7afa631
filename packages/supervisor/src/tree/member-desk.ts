// What the requests to one child of a tree are made of.

import type { Exit } from "@steadfast/policy";
import type { ChildView } from "@steadfast/supervision/tree";
import type { Launcher } from "../launcher.js";
import type { AskedChild, RequestDesk, Requests } from "../request-layer.js";

/** The child of a tree that is asked. */
export interface DeskMember {
  readonly launcher: Pick<Launcher, "requests">;
  readonly port: { readonly child: AskedChild["child"] | null };
  /** What the tree remembers of it; null if it stands in it no more. */
  readonly view: ChildView | null;
  readonly lastExit: Exit | null;
  readonly owner: {
    readonly isBusy: boolean;
    readonly ended: unknown;
    readonly alarm: RequestDesk["alarm"];
  };
}

export class MemberDesk implements RequestDesk {
  readonly requests: Requests | null;

  constructor(private readonly member: DeskMember) {
    this.requests = member.launcher.requests?.(this) ?? null;
  }

  /** The child that is ready to be asked: not while an act is being done, which may change that. */
  get asked(): AskedChild | null {
    const { port, view, owner } = this.member;
    if (!port.child?.ask || view?.slot.phase.status !== "ready" || owner.isBusy) return null;
    const { attempt, generation } = view.slot;
    return { child: port.child, attempt, generation };
  }

  get isOver(): boolean {
    const { view, owner } = this.member;
    return owner.ended !== null || !view || view.done;
  }

  get lastExit(): Exit | null {
    return this.member.lastExit;
  }

  get alarm() {
    return this.member.owner.alarm;
  }
}
