// One child of the twin: slot, policy and wait, written from docs/supervision.md. What its exit, its wait and a
// refusal lead to is the tree's.

import type { SlotCommand, SlotEvent, SlotState } from "@steadfast/child-slot";
import {
  allOf,
  type Exit,
  type LaunchAnswer,
  launch,
  type Millis,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  subdraw,
} from "@steadfast/policy";
import type { Kid, Said, TwinKind } from "./words.js";

export interface Gone {
  readonly ordered: boolean;
  readonly exit: Exit;
  readonly failed: boolean;
  readonly uptimeMs: Millis;
  /** It had never been up. */
  readonly early: boolean;
  /** What it was asked to end for; null if it was not. */
  readonly cause: string | null;
}

/** What a member needs of the step that it is in. */
export interface Owner {
  readonly now: Millis;
  readonly wall: Millis;
  readonly draw: number;
  budgetOf: RestartPolicy | null;
  budget: unknown;
  say(kid: Kid, effect: Said): void;
  drawn(): void;
  breaks(kid: Kid, error: unknown): void;
  isBroken(): boolean;
  gone(kid: Kid, gone: Gone): void;
  /** The past is forgiven, in part or whole: those who share the budget may ask again. */
  forgiven(): void;
  admitted(kid: Kid): void;
  refused(kid: Kid, reason: string, retryAfterMs: Millis | null): void;
  holds(kid: Kid): boolean;
  /** Whether a plan ends it, or the tree ends. */
  isStopping(kid: Kid): boolean;
  /** Whether the tree ends. */
  isEnding(): boolean;
}

export const isDown = ({ phase }: SlotState) => phase.status === "stopped";
export const isAsked = ({ phase }: SlotState) => phase.status === "cancelling";
export const isThere = (slot: SlotState) => !isDown(slot) && !isAsked(slot);
export const isFree = (slot: SlotState) => isDown(slot) && slot.open && slot.intent === "active";
export const isUp = ({ slot, seat }: Kid) => slot.phase.status === "ready" && !!seat?.launched;

const cap = (at: number) => Math.min(at, Number.MAX_SAFE_INTEGER);

export class Member {
  launchedNow = false;

  constructor(
    readonly owner: Owner,
    readonly kid: Kid,
    readonly kind: TwinKind,
  ) {}

  get draw(): number {
    return subdraw(this.owner.draw, this.kid.id);
  }

  tell(effect: Said, tag: { attempt: number; generation: number } = this.kid.slot): void {
    const { attempt, generation } = tag;
    this.owner.say(this.kid, { ...effect, attempt, generation });
  }

  // --- the policy

  step(event: RestartEvent): RestartDecision {
    const { owner, kid, kind } = this;
    const budget = owner.budgetOf;
    let decision: RestartDecision;
    const before = budget ? [kid.policy, owner.budget] : kid.policy;
    if (budget && event.type !== "reset") {
      const [after, answer] = allOf(kind.own, budget).step(before as never, event, owner.now);
      [kid.policy, owner.budget] = after as unknown as [unknown, unknown];
      decision = answer;
    } else {
      [kid.policy, decision] = kind.own.step(kid.policy, event, owner.now);
    }
    this.tell({ type: "note", event, decision, before });
    return decision;
  }

  fact(event: Exclude<RestartEvent, { type: "launch" }>): void {
    try {
      this.step(event);
    } catch (error) {
      this.owner.breaks(this.kid, error);
    }
  }

  ask(cause: "start" | "restart" | "operator"): LaunchAnswer | null {
    const { owner } = this;
    owner.drawn();
    try {
      const event = { type: "launch", cause, draw: this.draw, wall: owner.wall } as const;
      return this.step(event) as LaunchAnswer;
    } catch (error) {
      owner.breaks(this.kid, error);
      return null;
    }
  }

  // --- the time for all attempts

  private overAt(): Millis {
    const { deadlineMs } = this.kind;
    const { begunAt } = this.kid;
    return deadlineMs === null || begunAt === null ? Infinity : begunAt + deadlineMs;
  }

  private countTime(): void {
    this.kid.begunAt ??= this.owner.now;
  }

  private tooLate(): void {
    this.tell({ type: "refused", reason: "deadline", retryAfterMs: null });
    this.owner.refused(this.kid, "deadline", null);
  }

  /** The time is over: said once, where nothing else has ended it. Whether nothing else that is due matters. */
  private heedDeadline(): boolean {
    const { kid, owner } = this;
    if (owner.now < this.overAt()) return false;
    kid.begunAt = null;
    if (!owner.isEnding()) {
      kid.wait = null;
      this.tooLate();
      if (isAsked(kid.slot)) this.move({ type: "halt" });
    }
    return isThere(kid.slot);
  }

  request(cause: "start" | "restart" | "operator"): void {
    const { kid, kind, owner } = this;
    if (!isFree(kid.slot)) return;
    kid.wait = null;
    this.countTime();
    const { budget } = owner;
    const answer = this.ask(cause);
    if (!answer) return;
    const since = owner.now;
    const waitMs = answer.type === "launch" ? answer.delayMs : answer.retryAfterMs;
    if (waitMs !== null && since + Math.ceil(waitMs) >= this.overAt()) {
      owner.budget = budget;
      return this.tooLate();
    }
    if (answer.type === "launch") {
      const { delayMs } = answer;
      const until = cap(since + Math.ceil(delayMs));
      kid.wait = { for: "delay", cause, since, until, reason: null };
      if (cause !== "start" || until > since) this.tell({ type: "delayed", until, delayMs });
      return owner.admitted(kid);
    }
    const { reason, retryAfterMs } = answer;
    this.tell({ type: "refused", reason, retryAfterMs });
    if (retryAfterMs === null || kind.onNotYet === "end") {
      return owner.refused(kid, reason, retryAfterMs);
    }
    const until = cap(since + Math.ceil(retryAfterMs));
    kid.wait = { for: "not-yet", cause, since, until, reason };
    owner.admitted(kid);
  }

  heedWait(): void {
    const { wait } = this.kid;
    if (!wait || wait.until > this.owner.now || this.launchedNow) return;
    if (wait.for === "delay") {
      if (this.owner.holds(this.kid)) return;
      this.kid.wait = null;
      this.occupy(wait.cause);
    } else {
      this.kid.wait = null;
      this.request(wait.cause);
    }
  }

  cut(): void {
    const { wait } = this.kid;
    if (wait?.for !== "delay") return;
    this.kid.wait = { ...wait, until: this.owner.now };
    this.heedWait();
  }

  askAgain(): void {
    const { wait } = this.kid;
    if (wait?.for === "not-yet") this.request(wait.cause);
  }

  forgive(type: "healthy" | "reset"): void {
    this.kid.failures = 0;
    this.fact({ type });
    if (type === "healthy") this.owner.forgiven();
  }

  reset(): void {
    this.tell({ type: "reset" });
    this.forgive("reset");
    this.askAgain();
  }

  // --- the slot

  occupy(cause: "start" | "restart" | "operator"): void {
    this.countTime();
    if (this.owner.now >= this.overAt()) return this.tooLate();
    this.move({ type: "launch", cause });
  }

  move(event: SlotEvent): readonly SlotCommand[] {
    const { kid, kind, owner } = this;
    const before = kid.slot;
    const [after, commands] = kind.slot.step(before, event, owner.now);
    kid.slot = after;
    if (!isFree(after)) kid.wait = null;
    for (const command of commands) this.heed(command, before);
    return commands;
  }

  private heed(command: SlotCommand, before: SlotState): void {
    const { kid } = this;
    const { attempt, generation } = command;
    switch (command.type) {
      case "launch":
        return this.launch(command.cause, command);
      case "abandon":
        kid.abandoned += 1;
        return this.owner.say(kid, command as never);
      case "stale":
        if (command.report.type === "exited" && kid.abandoned > 0) kid.abandoned -= 1;
        return this.tell({ type: "stale", report: command.report.type }, command);
      case "report": {
        const { report } = command;
        if (report.type === "exited") {
          const early = before.phase.status === "starting" || !kid.seat?.launched;
          const cause = before.phase.status === "cancelling" ? before.phase.cause : null;
          const { exit, ordered, uptimeMs } = report;
          return this.exited({ exit, ordered, uptimeMs, early, cause }, command);
        }
        if (report.type === "ready" && !kid.seat?.launched) return;
        this.tell({ type: "report", report }, command);
        if (report.type === "ready") {
          this.age();
          this.tell({ type: "up" }, command);
        }
        if (report.type === "healthy") this.forgive("healthy");
        return;
      }
      default:
        this.owner.say(kid, { ...command, attempt, generation });
    }
  }

  private launch(cause: string, tag: { attempt: number; generation: number }): void {
    const { kid, kind, owner } = this;
    this.launchedNow = true;
    kid.done = false;
    kid.held = false;
    kid.seat = { cause, launched: false, recycle: null };
    this.tell(
      { type: "launch", cause, failures: kid.failures, standby: null, kind: kid.kind },
      tag,
    );
    if (cause === "operator" && kind.operatorLaunches === "free") {
      const event = { type: "launch", cause, draw: 0, wall: owner.wall };
      this.tell({ type: "note", event, decision: launch(), before: null, by: "operator" });
    }
  }

  private exited(what: Omit<Gone, "failed">, tag: { attempt: number; generation: number }): void {
    const { kid, owner } = this;
    const { exit, ordered, uptimeMs } = what;
    kid.seat = null;
    kid.inner = null;
    const failed = !ordered && this.judge(exit);
    kid.failed = failed;
    if (!ordered && exit.kind === "completed") kid.completed = true;
    if (!ordered) kid.failures = failed ? kid.failures + 1 : 0;
    this.tell({ type: "exited", exit, failed, uptimeMs, ordered }, tag);
    if (!owner.isBroken()) owner.gone(kid, { ...what, failed });
  }

  private judge(exit: Exit): boolean {
    try {
      return this.kind.isFailure(exit);
    } catch (error) {
      this.owner.breaks(this.kid, error);
      return true;
    }
  }

  // --- time

  /** A child that is not known to be there is not healthy: that time does not run. */
  private shown(): SlotState {
    const { slot, seat } = this.kid;
    const { phase } = slot;
    if ((seat?.launched ?? true) || phase.status !== "ready" || phase.healthy) return slot;
    return { ...slot, phase: { ...phase, healthy: true } };
  }

  due(): Millis[] {
    const { kid } = this;
    const all = [this.kind.slot.deadline(this.shown())];
    if (this.overAt() !== Infinity) all.push(this.overAt());
    if (isThere(kid.slot)) {
      all.push(kid.seat?.recycle?.at ?? null);
      if (kid.seat?.recycle?.uses === 0) all.push(null);
    }
    return all.filter((at) => at !== null);
  }

  tick(): void {
    const { kid, owner } = this;
    if (this.heedDeadline()) return;
    for (;;) {
      const shown = this.shown();
      const due = this.kind.slot.deadline(shown);
      if (due === null || due > owner.now || this.launchedNow) break;
      const before = kid.slot;
      kid.slot = shown;
      this.move({ type: "tick" });
      if (kid.slot === shown) {
        kid.slot = before;
        break;
      }
      const { phase } = kid.slot;
      if (shown !== before && phase.status === "ready") {
        kid.slot = { ...kid.slot, phase: { ...phase, healthy: false } };
      }
    }
    const at = kid.seat?.recycle?.at;
    const isOld = !this.launchedNow && at !== null && at !== undefined && at <= owner.now;
    // One that is to end anyway does not ask again.
    if (isOld && isThere(kid.slot) && !this.recycle("age") && kid.seat?.recycle)
      kid.seat.recycle.at = null;
    this.heedWait();
  }

  /** Its age counts from its first readiness. */
  age(): void {
    const left = this.kid.seat?.recycle;
    if (left && left.age !== null) [left.at, left.age] = [this.owner.now + left.age, null];
  }

  recycle(reason: string): boolean {
    const { slot } = this.kid;
    if (!isThere(slot) || !slot.open || slot.intent !== "active") return false;
    if (this.owner.isStopping(this.kid)) return false;
    this.tell({ type: "recycled", reason });
    this.move({ type: "restart", requester: "recycle", reason });
    return true;
  }
}
