// One child of a tree, one step of it: a post whose owner is the tree. It only says what has become of it;
// what that leads to is the tree's to decide.

import type { CancellingPhase, SlotCommand, SlotEvent } from "@steadfast/child-slot";
import { type ExitedEvent, type Refuse, subdraw } from "@steadfast/policy";
import { TOO_LATE } from "../deadline.js";
import { isDraw } from "../draft.js";
import type { Given, LaunchCause } from "../events.js";
import { Post } from "../post.js";
import { isEmpty } from "../seat.js";
import type { Seat } from "../state.js";
import type { KindRules } from "./settings.js";
import type { LateExit, TreeChild, TreeState } from "./state.js";
import { unlessSame } from "./unless-same.js";

/** An exit that the tree has to deal with. */
export interface Gone {
  readonly event: ExitedEvent;
  /** Whether an order ended it. */
  readonly ordered: boolean;
  /** Whether it was up before. */
  readonly wasUp: boolean;
}

/** What a member needs of its tree. */
export interface Owner {
  readonly now: number;
  /** How it ends; null while it does not. */
  readonly end: object | null;
  /** Whether a plan ends it, or the tree ends. */
  isStopping(ordinal: number): boolean;
  /** Whether a launch of its own is a plan. */
  isInLine(ordinal: number): boolean;
}

export class Member extends Post {
  readonly id: string;
  inner: TreeState | null;
  #done: boolean;
  completed: boolean;
  held: boolean;
  late: LateExit | null;
  /** The exit of this step that nobody has dealt with. */
  gone: Gone | null = null;
  /** What its policy said to a request of this step; `late`: those that it waits for are done or late. */
  asked: Refuse | "admitted" | "late" | null = null;

  constructor(
    readonly kind: KindRules,
    public record: TreeChild,
    readonly ordinal: number,
    given: Given,
    readonly owner: Owner,
  ) {
    super(kind.rules, record, ownDraw(given, record.id), owner.now);
    this.id = record.id;
    this.inner = record.inner;
    this.#done = record.done;
    this.completed = record.completed;
    this.held = record.held;
    this.late = record.late;
  }

  /** The policy gets an exit by an order that a child alone could get, as there; not one by a plan. */
  protected onExited(event: ExitedEvent, ordered: boolean): void {
    // An order may have come while it was ending for another cause: then it is launched again already.
    const isOrdered = ordered || !isEmpty(this.slot);
    const isEnding = this.#isHalted || this.asked !== null || this.owner.isStopping(this.ordinal);
    const isTold = isOrdered && !isEnding;
    if (isTold) this.fact(event);
    if (!ordered && event.exit.kind === "completed") this.completed = true;
    // A tree inside that was given up is nobody's business any more.
    if (this.inner && !this.inner.over) this.inner = null;
    this.gone = { event, ordered: isOrdered, wasUp: this.#wasUp };
  }

  protected onRefused(answer: Refuse): void {
    this.asked = answer;
  }

  protected onLaunch(): void {
    this.done = false;
    this.held = false;
    this.late = null;
    if (this.standby?.spent) this.standby = { ...this.standby, spent: false };
  }

  /** Not wanted, by itself or by an order, until it is started again. */
  get done(): boolean {
    return this.#done;
  }

  set done(done: boolean) {
    this.#done = done;
    if (done) this.begunAt = undefined;
  }

  /** Like any refusal for good. */
  protected expire(): void {
    if (this.owner.end) return;
    const { reason, retryAfterMs } = TOO_LATE;
    this.tell({ type: "refused", reason, retryAfterMs });
    this.wait = null;
    this.asked = TOO_LATE;
    // A restart that waits for its end is not carried out any more.
    if (this.slot.phase.status === "cancelling") this.halt();
  }

  #wasUp!: boolean;
  #isHalted!: boolean;

  override move(event: SlotEvent): readonly SlotCommand[] {
    const { phase } = this.slot;
    const { cause } = phase as Partial<CancellingPhase>;
    this.#wasUp = this.isReady() || phase.status === "running";
    this.#isHalted = cause === "halt" || cause === "force";
    return super.move(event);
  }

  override request(cause: LaunchCause): void {
    super.request(cause);
    if (this.wait) this.asked = "admitted";
  }

  /** An operator forgives this child: the budget, which others share, has not forgotten anything. */
  override forgive(type: "healthy" | "reset"): void {
    if (type === "healthy") return super.forgive(type);
    this.failures = 0;
    const { shared } = this;
    this.fact({ type });
    this.shared = shared;
  }

  /** Its past is forgiven with that of all others. */
  forget(): void {
    this.tell({ type: "reset" });
    this.forgive("reset");
  }

  /** A delay that a plan keeps ends with the plan's gate; and a launch may have to wait in line. */
  override heedWait(): void {
    const { wait } = this;
    if (wait?.for !== "delay") return super.heedWait();
    if (this.held) return;
    if (this.owner.isInLine(this.ordinal)) this.asked = "admitted";
    else super.heedWait();
  }

  get kindName(): string {
    return this.record.kind;
  }

  /** Known to be there, and ready. */
  isReady(): boolean {
    return this.slot.phase.status === "ready" && (this.seat as Seat).launched;
  }

  /** It is asked to end, and the slot stays open. What waits behind its ending is dropped. */
  halt(type: "halt" | "force" = "halt"): void {
    this.move({ type });
  }

  /** Its policy gets an exit that nobody has looked at yet: an order has overtaken it. */
  tellLate(): void {
    if (!this.late) return;
    const { exit, failed, uptimeMs } = this.late;
    this.late = null;
    this.fact({ type: "exited", exit, failed, uptimeMs });
  }

  override takesRestart(): boolean {
    return super.takesRestart() && !this.owner.isStopping(this.ordinal);
  }

  /** Nothing is waited for any more. */
  dropWait(): void {
    this.wait = null;
    this.held = false;
    this.late = null;
  }

  /** What is remembered of it; the same object if nothing changed. */
  after(): TreeChild {
    this.record = unlessSame(this.record, this.#written());
    return this.record;
  }

  #written(): TreeChild {
    const { id, slot, policy, wait, seat, failed, failures, abandoned, reload, remote, standby } =
      this;
    const { inner, done, completed, held, late, begunAt } = this;
    const post = { slot, policy, wait, seat, failed, failures, abandoned, reload, remote, standby };
    const timed = begunAt === undefined ? null : { begunAt };
    return { id, kind: this.record.kind, ...post, inner, done, completed, held, late, ...timed };
  }
}

/** Every child has a draw of its own; one that is no number in [0, 1) is for the policy's door to refuse. */
export function ownDraw(given: Given, id: string): Given {
  const { draw, wall } = given;
  return { draw: isDraw(draw) ? subdraw(draw, id) : draw, wall };
}
