// One retry: a task is called until it succeeds, or there is to be no further attempt.
//
// Its meaning is that of `supervise` with a `taskLauncher` of the task and
//
//   { policy: allOf(restartOn("transient"), policy), healthyAfterMs: Infinity, maxRunMs: attemptTimeoutMs,
//     gracePeriodMs: 0, deadlineMs, signal, onNotYet, isFailure }
//
// where `isFailure` also asks `retryOn` about results; but there is no slot, no handle and no event:
//
// - The first attempt is made before `retry` returns, after the policy was asked with the cause `start`.
// - A success ends it: the policy is not stepped by it, and never by `healthy`.
// - A restart without delay happens in the microtask in which the failure was seen; world.ts says when the
//   event loop has its turn before. Any other wait is one entry in the alarm of the system.
// - An attempt is asked to end by its signal: when the caller's signal fires, when its time is over (if that
//   is seen late by more than a tenth of it, the host was away: the time starts again, once), and at the
//   deadline, late or not. One turn of the event loop later it is given up: `abandoned`. What it does then
//   changes nothing, except the count of those that still run.
// - Of what happens at one instant the caller's signal comes first, then the deadline, then the attempt's
//   time. An attempt that ends in the turn in which it was asked to has ended for that reason, also if it
//   returned a result.
// - A next attempt, or another question to the policy, that would come at the deadline or later is refused at
//   once, for good, with the reason `deadline`. An attempt that the deadline ended is not the policy's matter.
// - An abort throws the signal's reason. What a policy, `retryOn` or `onFailure` throws is thrown as it is,
//   and what breaks their contract as a `ContractError`. Everything else that ends it is a refusal: refused.ts.
// - A callback may abort: then nothing of what follows is done.

import type { AnyExit, Exit, LaunchAnswer, Millis } from "@steadfast/policy";
import { type AbortListener, inContext, joinAbort, leaveAbort } from "@steadfast/supervisor/alarm";
import { Asking } from "./asking.js";
import { Attempt, type RetryContext } from "./attempt.js";
import type { RetrySettings } from "./retry-options.js";
import { rejectionExit } from "./task-exit.js";
import { timedOutExit } from "./timed-out.js";

type Task<Value> = (context: RetryContext) => Value | PromiseLike<Value>;

/** One object for each retry, and few fields: a host may have a hundred thousand of them waiting. */
export class Run<Value> extends Asking<Value> implements AbortListener {
  readonly #task: Task<Value>;
  readonly #resolve: (value: Value) => void;
  readonly #reject: (error: unknown) => void;
  /** The attempt that is made now; null while there is none. */
  #attempt: Attempt | null = null;
  #phase: "begun" | "aborted" | "over" = "begun";

  constructor(
    task: Task<Value>,
    settings: RetrySettings<Value>,
    resolve: (value: Value) => void,
    reject: (error: unknown) => void,
  ) {
    super(settings);
    this.#task = task;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const signal = this.signal;
    if (signal?.aborted) return this.#reject(signal.reason);
    if (signal) {
      this.capture(); // the one who aborts has another context
      joinAbort(signal, this);
    }
    try {
      this.state = this.policy.initial();
      const now = this.now();
      this.time?.begin(now);
      if (this.#isNext(this.ask(now), now)) void this.#makeAttempts();
    } catch (error) {
      this.#break(error);
    }
  }

  /** Makes attempts for as long as the next one follows at once. Never rejects. */
  async #makeAttempts(): Promise<void> {
    const task = this.#task;
    try {
      for (;;) {
        const attempt = this.#launch();
        let exit: Exit<Value>;
        try {
          exit = { kind: "completed", value: await task(attempt) };
        } catch (error) {
          exit = rejectionExit(error, this.time?.over ?? null);
        }
        if (this.#attempt !== attempt) {
          this.abandoned -= 1;
          return;
        }
        if (!this.#isFollowed(exit, attempt)) return;
      }
    } catch (error) {
      this.#break(error);
    }
  }

  #launch(): Attempt {
    const since = this.at;
    const attempt = new Attempt(++this.attempts, since);
    this.#attempt = attempt;
    if (this.time) this.wait("limit", this.time.launch(since));
    return attempt;
  }

  #look(now: Millis): void {
    const over = this.time?.look(now, this.at) ?? now;
    if (typeof over === "number") this.wait("limit", over);
    else this.#askToEnd(over, now);
  }

  #askToEnd(reason: unknown, now: Millis): void {
    this.wait("give-up", now);
    try {
      if (this.#attempt) Attempt.abort(this.#attempt, reason);
    } catch (error) {
      if (this.time?.over) this.time.over.cause = error;
    }
  }

  /** The attempt is nobody's any more. */
  #isGivenUpAndFollowed(): boolean {
    if (!this.#attempt) return false;
    this.abandoned += 1;
    return this.#isFollowed({ kind: "abandoned" }, this.#attempt);
  }

  // --- what follows -----------------------------------------------------------------------------------

  /** The attempt has ended. Whether the next one follows at once. */
  #isFollowed(ended: Exit<Value>, attempt: Attempt): boolean {
    const { onFailure } = this.habits;
    this.#attempt = null;
    if (this.place !== -1) this.world.alarm.move(this, null);
    if (this.#phase === "aborted") return this.#throwReason();
    const over = this.time?.over ?? null;
    const exit = over ? timedOutExit(ended, over) : ended;
    if (exit.kind === "completed" && !this.isRefused(exit.value as Value)) {
      return this.#settle(() => this.#resolve(exit.value as Value));
    }
    const now = this.now();
    const answer = this.afterFailure(exit, attempt, now);
    if (onFailure && this.#phase !== "over") {
      const { error } = exit as AnyExit;
      const heard = onFailure({ error, exit, attempt: this.attempts, ...this.told(answer) });
      Promise.resolve(heard).then(undefined, (error) => this.#break(error));
    }
    return this.#isNext(answer, now);
  }

  /** Does what was answered. Whether the next attempt follows at once. */
  #isNext(answer: LaunchAnswer, now: Millis): boolean {
    if (this.#phase === "over") return false;
    if (answer.type === "launch") {
      if (this.at <= now && (this.attempts === 0 || this.world.admits(now))) return true;
      this.wait("launch", this.at);
    } else if (this.isFinal(answer)) {
      this.#settle(() => this.#reject(this.refusal(answer.reason, answer.retryAfterMs)));
    } else this.wait("ask", this.at);
    return false;
  }

  // --- waiting ----------------------------------------------------------------------------------------

  ring(): void {
    inContext(this.context ?? null, Run.#rings, this as Run<unknown>);
  }

  static #rings(run: Run<unknown>): void {
    try {
      if (run.#isDone(run.now())) void run.#makeAttempts();
    } catch (error) {
      run.#break(error);
    }
  }

  /** Does what was waited for. Whether there is to be an attempt now. */
  #isDone(now: Millis): boolean {
    this.world.turned(now);
    switch (this.due) {
      case "launch":
        this.at = now;
        return true;
      case "ask":
        return this.#isNext(this.ask(now), now);
      case "limit":
        this.#look(now);
        return false;
      case "give-up":
        return this.#isGivenUpAndFollowed();
    }
  }

  onAbort(again: boolean): void {
    inContext(this.context ?? null, () => this.#abort(again));
  }

  #abort(again: boolean): void {
    if (!this.#attempt) this.#throwReason();
    else {
      this.#phase = "aborted";
      if (again) this.#isGivenUpAndFollowed();
      else this.#askToEnd(this.signal?.reason, this.world.alarm.now());
    }
  }

  #end(): void {
    this.#phase = "over";
    this.#attempt = null;
    if (this.place !== -1) this.world.alarm.move(this, null);
    if (this.signal) leaveAbort(this.signal, this);
  }

  /** Once. Nothing follows. */
  #settle(settle: () => void): false {
    if (this.#phase === "over") return false;
    this.#end();
    settle();
    return false;
  }

  #throwReason(): false {
    return this.#settle(() => this.#reject(this.signal?.reason));
  }

  /** Somebody broke a contract, or threw where nobody may. */
  #break(error: unknown): void {
    const attempt = this.#attempt;
    this.#settle(() => this.#reject(error));
    try {
      if (attempt) Attempt.abort(attempt, error);
    } catch {
      // what its listeners throw comes too late to matter
    }
  }
}
