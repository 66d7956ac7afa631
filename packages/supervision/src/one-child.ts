// The supervision of one child, one step of it: what an exit leads to, how it ends, and what is kept
// ready meanwhile.

import type { LimitView } from "@steadfast/child-slot";
import type { ExitedEvent, Millis, Refuse } from "@steadfast/policy";
import { TOO_LATE } from "./deadline.js";
import { isDone } from "./done.js";
import type { Ending } from "./effects.js";
import type { LaunchCause, SupervisionEvent } from "./events.js";
import { Post } from "./post.js";
import { withdraw } from "./remote.js";
import type { Rules } from "./rules.js";
import { isEmpty, isFree } from "./seat.js";
import { forgotten } from "./standbys.js";
import type { Held, SupervisionState } from "./state.js";

export class OneChild extends Post {
  held: Held | null;
  ending: Ending | null;
  unlimited: boolean;
  over = false;

  constructor(rules: Rules, before: SupervisionState, event: SupervisionEvent, now: Millis) {
    super(rules, before, event, now);
    this.held = before.held;
    this.ending = before.ending;
    this.unlimited = before.unlimited;
  }

  /** Whether nothing is decided any more. */
  private isBroken(): boolean {
    return this.ending?.type === "failed";
  }

  /** An attempt that an order ended is followed by an operator's launch, any other by a request. */
  protected onExited(event: ExitedEvent, ordered: boolean): void {
    if (this.isBroken()) return;
    this.fact(event);
    if (this.fault || !isFree(this.slot)) return;
    if (ordered) this.occupy("operator");
    else this.request("restart");
  }

  protected onLaunch(): void {
    this.held = null;
    if (this.standby?.spent) this.standby = { ...this.standby, spent: false };
  }

  protected onRefused(answer: Refuse, cause: LaunchCause): void {
    const { reason, retryAfterMs } = answer;
    if (this.rules.settings.onRefused === "hold" && answer !== TOO_LATE) {
      this.held = { reason, cause };
      this.tell({ type: "held", reason });
      return;
    }
    this.ending = isDone(reason, this.failed)
      ? { type: this.slot.lastExit?.kind === "completed" ? "completed" : "excused" }
      : { type: "refused", reason, retryAfterMs };
    this.move(STOP);
  }

  protected expire(): void {
    if (this.ending) return;
    const { reason, retryAfterMs } = TOO_LATE;
    this.tell({ type: "refused", reason, retryAfterMs });
    this.ending = { type: "refused", reason, retryAfterMs };
    this.move(STOP);
  }

  /** Begins with the first launch, or goes on from a saved state. */
  begin(): void {
    this.startTime();
    const { generation, attempt, lastExit } = this.slot;
    this.standby = forgotten(this.standby);
    if (lastExit && this.failed === null) this.failed = this.judge(lastExit);
    // A restart that was ordered, and waited for the end of the attempt, is dropped if the time is over.
    if (this.slot.phase.status === "cancelling") this.heedDeadline();
    if (!isEmpty(this.slot)) {
      this.seat = null;
      this.move({ type: "exited", generation, exit: { kind: "lost" } });
    } else if (!this.wait && !this.held) this.request(attempt === 0 ? "start" : "restart");
  }

  /** Also what it is held by is asked again. */
  override reset(): void {
    super.reset();
    const { held } = this;
    this.held = null;
    if (held) this.request(held.cause);
  }

  /** Everything that is decided once per step, whatever it was about. */
  settle(): void {
    if (this.fault) this.fail(this.fault.error);
    else this.heedDeadline();
    this.withdrawQuestion();
    this.keepStandbys(!this.ending && !this.held);
    const { restartLimit } = this.rules.settings;
    if (restartLimit && !this.unlimited) this.countLimit(restartLimit);
    if (this.ending && isEmpty(this.slot)) {
      this.over = true;
      this.tell({ type: "settle", outcome: this.ending });
    }
    if (this.rules.settings.shared && this.shared !== this.event.shared) {
      this.effects.unshift({ type: "share", state: this.shared });
    }
  }

  /** Nothing is decided any more, and what is alive is stopped. The first fault stays the cause. */
  private fail(error: unknown): void {
    if (!this.isBroken()) {
      this.ending = { type: "failed" };
      this.effects.push({ type: "fault", error });
    }
    this.move(STOP);
  }

  /** Nobody waits for the answer to a question about a launch that cannot happen. */
  private withdrawQuestion(): void {
    const { remote } = this;
    if (!remote?.asking || isFree(this.slot)) return;
    this.effects.push({ type: "unask", ask: remote.asking.ask });
    this.remote = withdraw(remote);
  }

  private countLimit(read: (state: unknown, now: Millis) => LimitView | undefined): void {
    try {
      const view = read(this.policy, this.now);
      if (view) this.move({ type: "limit", view });
    } catch (error) {
      this.unlimited = true;
      this.tell({ type: "callback-failed", callback: "restartLimit", error });
    }
  }
}

const STOP = { type: "stop" } as const;
