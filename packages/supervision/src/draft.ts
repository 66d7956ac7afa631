// One step of one child's post, being made: what changes, what is to be done, and the policy. A draft
// lives for the length of one step and never gets out.

import type { SlotState } from "@steadfast/child-slot";
import {
  decisionFault,
  type Exit,
  ignoreRejection,
  type LaunchAnswer,
  type LaunchEvent,
  type Millis,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  stepFault,
} from "@steadfast/policy";
import { overAt } from "./deadline.js";
import type { Effect, Tag, Tagged } from "./effects.js";
import { ContractError } from "./errors.js";
import type { Given, LaunchCause } from "./events.js";
import { keepFact } from "./remote.js";
import type { Rules } from "./rules.js";
import type { PendingWait, RemoteState, Seat, StandbyState, SupervisionState } from "./state.js";

type Untag<One> = One extends Tagged ? Omit<One, keyof Tag> : never;

/** The part of a supervision's state that belongs to one child. */
export type PostState = Pick<
  SupervisionState,
  | "slot"
  | "policy"
  | "wait"
  | "seat"
  | "failed"
  | "failures"
  | "abandoned"
  | "reload"
  | "remote"
  | "standby"
  | "begunAt"
>;

/** Whether a policy can be given this for chance. */
export const isDraw = (draw: number): boolean => typeof draw === "number" && draw >= 0 && draw < 1;

export abstract class Draft {
  readonly effects: Effect[] = [];
  slot: SlotState;
  policy: unknown;
  wait: PendingWait | null;
  seat: Seat | null;
  failed: boolean | null;
  failures: number;
  abandoned: number;
  reload: boolean;
  remote: RemoteState | null;
  standby: StandbyState | null;
  begunAt: Millis | undefined;
  /** The state of the shared budget. */
  shared: unknown;
  /** The first fault of the step, live. */
  fault: { readonly error: unknown } | null = null;
  /** So much of a delay has passed already. */
  lingeredMs = 0;

  constructor(
    readonly rules: Rules,
    state: PostState,
    readonly event: Given,
    readonly now: Millis,
  ) {
    this.slot = state.slot;
    this.policy = state.policy;
    this.wait = state.wait;
    this.seat = state.seat;
    this.failed = state.failed;
    this.failures = state.failures;
    this.abandoned = state.abandoned;
    this.reload = state.reload;
    this.remote = state.remote;
    this.standby = state.standby;
    this.begunAt = state.begunAt;
    this.shared = event.shared;
  }

  /** An effect, made for this call, about the attempt that the slot is at now, or the one given. */
  tell(effect: Untag<Tagged>, { attempt, generation }: Tag = this.slot): void {
    this.effects.push(Object.assign(effect, { attempt, generation }));
  }

  /** Somebody broke a contract: the owner says at the end of the step what that means. */
  breaks(error: unknown): void {
    this.fault ??= { error };
  }

  /** The time for all attempts is over. */
  protected abstract expire(): void;

  /** That time begins to run, once. */
  startTime(): void {
    if (this.rules.settings.deadlineMs !== null) this.begunAt ??= this.now;
  }

  /** Whether there is nothing to come then any more; what never comes is not too late. */
  protected isTooLate(at: Millis): boolean {
    const limit = overAt(this.rules, this.begunAt);
    return limit !== null && at >= limit && at !== Infinity;
  }

  /** Ends it, once, if its time is over; whether it was. */
  heedDeadline(): boolean {
    if (!this.isTooLate(this.now)) return false;
    this.begunAt = undefined;
    this.expire();
    return true;
  }

  /** Tells the policy a fact. */
  fact(event: Exclude<RestartEvent, { readonly type: "launch" }>): void {
    if (this.remote) {
      this.remote = keepFact(this.remote, event);
      return this.note(event, noted);
    }
    try {
      this.stepPolicy(event);
    } catch (error) {
      this.breaks(error);
    }
  }

  /** Asks the policy at once. Null if it broke its contract. */
  ask(cause: LaunchCause, draw: number = this.event.draw): LaunchAnswer | null {
    try {
      return this.stepPolicy(this.requestEvent(cause, draw)) as LaunchAnswer;
    } catch (error) {
      this.breaks(error);
      return null;
    }
  }

  /** Asks the one judge. One that gives no verdict is a fault, and the exit a failure. */
  judge(exit: Exit): boolean {
    try {
      const verdict: unknown = this.rules.settings.isFailure(exit);
      if (typeof verdict === "boolean") return verdict;
      ignoreRejection(verdict);
      const what = `isFailure must answer true or false, got ${typeof verdict}`;
      throw new ContractError("caller", what);
    } catch (error) {
      this.breaks(error);
      return true;
    }
  }

  /** Uses the draw up. */
  protected requestEvent(cause: LaunchCause, draw: number): LaunchEvent {
    if (!isDraw(draw)) {
      throw new ContractError("system", `random() must answer a number in [0, 1), got ${draw}`);
    }
    this.effects.push(DRAWN);
    return { type: "launch", cause, draw, wall: this.event.wall };
  }

  private stepPolicy(event: RestartEvent): RestartDecision {
    const { settings } = this.rules;
    const policy = this.rules.policy as RestartPolicy;
    const before = settings.shared ? [this.policy, this.shared] : this.policy;
    const step: unknown = policy.step(before, event, this.now);
    const fault = stepFault(event, step);
    if (fault) this.broken(fault);
    const [after, decision] = step as [unknown, RestartDecision];
    if (settings.shared) [this.policy, this.shared] = after as [unknown, unknown];
    else this.policy = after;
    this.note(event, decision, before);
    return decision;
  }

  /** Throws if a policy may not answer that. */
  protected check(event: RestartEvent, decision: RestartDecision): void {
    const fault = decisionFault(event, decision);
    if (!fault) return;
    ignoreRejection(decision);
    this.broken(fault);
  }

  private broken(fault: string): never {
    const { name } = this.rules.policy ?? this.rules.settings.policy;
    throw new ContractError("policy", `${name}: ${fault}`);
  }

  /** For the journal. */
  protected note(
    event: RestartEvent,
    decision: RestartDecision,
    before: unknown = null,
    by?: "operator",
  ): void {
    if (!this.rules.settings.notes) return;
    this.tell({ type: "note", event, decision, before, ...(by && { by }) });
  }
}

const DRAWN = { type: "drawn" } as const;
