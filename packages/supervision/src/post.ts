// One child's post: requests to its policy, waits, and what the slot's commands mean. Who owns the post
// (a supervision of one child, or a tree) says what an exit, a launch and a final refusal lead to.

import type { SlotCommand, SlotEvent } from "@steadfast/child-slot";
import {
  type Exit,
  type ExitedEvent,
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type Millis,
  type Refuse,
  type RestartDecision,
} from "@steadfast/policy";
import { nextAt, TOO_LATE } from "./deadline.js";
import { Draft } from "./draft.js";
import type { Tag } from "./effects.js";
import type { LaunchCause } from "./events.js";
import { beginAge } from "./recycling.js";
import { openQuestion, questionOf } from "./remote.js";
import { isFree, isWanted, takesRestart } from "./seat.js";
import { addStandby, takeStandby, withoutStandbys } from "./standbys.js";
import type { RemoteState, StandbyState } from "./state.js";

export abstract class Post extends Draft {
  /** Whether there was a launch: the rest waits until it is known what became of it. */
  hasLaunched = false;
  /** Whether the slot has given a child up in this step. */
  private hasGivenUp = false;

  /** The attempt is gone; the owner decides which of it the policy gets. */
  protected abstract onExited(event: ExitedEvent, ordered: boolean): void;
  /** There is no launch, and none is waited for. */
  protected abstract onRefused(answer: Refuse, cause: LaunchCause): void;
  /** An attempt is about to be there. */
  protected abstract onLaunch(): void;

  // --- requests and waits -----------------------------------------------------------------------------

  /** Asks for a launch, if somebody may move in. */
  request(cause: LaunchCause): void {
    if (!isFree(this.slot)) return;
    this.wait = null;
    this.startTime();
    if (this.remote) return this.question(this.remote, cause);
    const { shared } = this;
    const answer = this.ask(cause);
    if (answer) this.decided(cause, answer, shared);
  }

  private question(before: RemoteState, cause: LaunchCause): void {
    if (before.asking) this.effects.push({ type: "unask", ask: before.asking.ask });
    try {
      const { draw, wall } = this.requestEvent(cause, this.event.draw);
      const asked = openQuestion(before, cause, draw, wall, this.lingeredMs);
      this.remote = asked;
      this.effects.push({ type: "ask", ask: asked.asking.ask, events: questionOf(asked) });
    } catch (error) {
      this.breaks(error);
    }
  }

  /** The remote policy has answered the request that was put to it. */
  answered(event: LaunchEvent, decision: RestartDecision): void {
    try {
      this.check(event, decision);
    } catch (error) {
      return this.breaks(error);
    }
    this.note(event, decision);
    this.decided(event.cause, decision as LaunchAnswer);
  }

  /** What comes too late costs a shared budget nothing. */
  private decided(cause: LaunchCause, given: LaunchAnswer, shared: unknown = this.shared): void {
    const since = this.now;
    const until = nextAt(given, since, this.lingeredMs);
    const isTooLate = this.isTooLate(until);
    if (isTooLate) this.shared = shared;
    const answer = isTooLate ? TOO_LATE : given;
    if (answer.type === "launch") {
      const { delayMs } = answer;
      this.wait = { for: "delay", cause, since, until, reason: null };
      if (cause !== "start" || until > since) this.tell({ type: "delayed", until, delayMs });
      return;
    }
    const { reason, retryAfterMs } = answer;
    this.tell({ type: "refused", reason, retryAfterMs });
    const isFinal = retryAfterMs === null || this.rules.settings.onNotYet === "end";
    if (isFinal) this.onRefused(answer, cause);
    else this.wait = { for: "not-yet", cause, since, until, reason };
  }

  /** Does what was waited for, if it is time. */
  heedWait(): void {
    const due = this.wait;
    if (!due || due.until > this.now || this.hasLaunched) return;
    this.wait = null;
    if (due.for === "delay") this.occupy(due.cause);
    else this.request(due.cause);
  }

  /** Makes an admitted delay end now. A "not yet" is never cut. */
  cut(): void {
    if (this.wait?.for !== "delay") return;
    this.wait = { ...this.wait, until: this.now };
    this.heedWait();
  }

  /** What was refused for a time is asked again, now that the past is forgiven. */
  askAgain(): void {
    if (this.wait?.for === "not-yet") this.request(this.wait.cause);
  }

  /** The past is forgiven, in part or whole: others that share a budget may ask again, too. */
  forgive(type: "healthy" | "reset"): void {
    this.failures = 0;
    this.fact({ type });
    if (this.rules.settings.shared) this.effects.push(FORGIVEN);
  }

  /** An operator forgives the past: what was refused for a time is asked again. */
  reset(): void {
    this.tell({ type: "reset" });
    this.forgive("reset");
    this.askAgain();
  }

  // --- the slot ---------------------------------------------------------------------------------------

  /** Without a question to the policy. */
  occupy(cause: LaunchCause): void {
    this.startTime();
    if (!this.isTooLate(this.now)) return void this.move({ type: "launch", cause });
    const { reason, retryAfterMs } = TOO_LATE;
    this.tell({ type: "refused", reason, retryAfterMs });
    this.onRefused(TOO_LATE, cause);
  }

  /** Whether a restart would be carried out or queued, not turned down. */
  takesRestart(): boolean {
    return takesRestart(this.slot);
  }

  /** The slot's commands are the effects; a launch, an exit and some reports mean more. */
  move(event: SlotEvent): readonly SlotCommand[] {
    const [after, commands] = this.rules.slot.step(this.slot, event, this.now);
    this.slot = after;
    if (!isFree(after)) this.wait = null;
    for (const command of commands) this.heed(command);
    return commands;
  }

  private heed(command: SlotCommand): void {
    switch (command.type) {
      case "launch":
        return this.launch(command.cause, command);
      case "abandon":
        this.hasGivenUp = true;
        this.abandoned += 1;
        this.effects.push(command);
        return;
      case "stale":
        if (command.report.type === "exited" && this.abandoned > 0) this.abandoned -= 1;
        return this.tell({ type: "stale", report: command.report.type }, command);
      case "report": {
        const { report } = command;
        if (report.type === "exited") return this.exited(report.exit, report, command);
        // An attempt that is not known to be there is not reported as ready yet: `launched` does that.
        if (report.type === "ready" && !this.seat?.launched) return;
        if (report.type === "ready") return this.ready(command);
        this.tell({ type: "report", report }, command);
        if (report.type === "healthy") this.forgive("healthy");
        return;
      }
      default:
        this.effects.push(command);
    }
  }

  /** The attempt is ready, for the first time or again. */
  ready(tag?: Tag): void {
    this.seat = this.seat && beginAge(this.seat, this.now);
    this.tell({ type: "report", report: { type: "ready" } }, tag);
    this.tell({ type: "up" }, tag);
  }

  private launch(cause: LaunchCause, tag: Tag): void {
    this.hasLaunched = true;
    this.seat = { cause, launched: false, pid: null, threadId: null, probe: null, recycle: null };
    let standby: number | null = null;
    if (this.standby) [this.standby, standby] = takeStandby(this.standby);
    this.tell({ type: "launch", cause, failures: this.failures, standby }, tag);
    if (cause === "operator" && this.rules.settings.operatorLaunches === "free") {
      const { wall } = this.event;
      this.note({ type: "launch", cause, draw: 0, wall }, launch(), null, "operator");
    }
    this.onLaunch();
  }

  private exited(
    exit: Exit,
    { uptimeMs, ordered }: { readonly uptimeMs: Millis; readonly ordered: boolean },
    tag: Tag,
  ): void {
    this.seat = null;
    this.countGivenUp(exit, tag);
    const failed = !ordered && this.judge(exit);
    this.failed = failed;
    if (!ordered) this.failures = failed ? this.failures + 1 : 0;
    this.tell({ type: "exited", exit, failed, uptimeMs, ordered }, tag);
    if (this.fault) return;
    this.onExited({ type: "exited", exit, failed, uptimeMs }, ordered);
  }

  /** A child that cannot be ended by force may say so itself: it is given up by its own exit. */
  private countGivenUp(exit: Exit, tag: Tag): void {
    if ((("ended" in exit && exit.ended) || exit).kind !== "abandoned" || this.hasGivenUp) return;
    this.abandoned += 1;
    this.tell({ type: "abandon" }, tag);
  }

  // --- standbys ---------------------------------------------------------------------------------------

  /** One more standby is made ready. */
  prepare(standby: StandbyState): void {
    this.effects.push({ type: "prepare", standby: standby.next });
    this.standby = addStandby(standby, this.now);
  }

  /** As many as are wanted are kept ready while something `isAwaited`; none otherwise. */
  keepStandbys(isAwaited: boolean): void {
    if (!this.standby) return;
    if (!isAwaited || !isWanted(this.slot)) {
      for (const { standby } of this.standby.list) this.effects.push({ type: "discard", standby });
      this.standby = withoutStandbys(this.standby);
    } else if (this.seat?.launched) {
      const { standby: wanted } = this.rules.settings;
      while (!this.standby.wait && !this.standby.spent && this.standby.list.length < wanted) {
        this.prepare(this.standby);
      }
    }
  }
}

const FORGIVEN = { type: "forgiven" } as const;
