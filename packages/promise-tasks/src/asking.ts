// The policy's side of a retry: what it hears, what it is asked, and what is remembered of the attempts
// for the caller that gets the error.

import {
  type AnyExit,
  type Exit,
  ignoreRejection,
  type LaunchAnswer,
  type Millis,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  stepFault,
} from "@steadfast/policy";
import {
  type AlarmEntry,
  type AsyncContext,
  ContractError,
  captureContext,
} from "@steadfast/supervisor/alarm";
import { Attempt } from "./attempt.js";
import { RefusedError, remember } from "./refused.js";
import type { Habits, RetrySettings } from "./retry-options.js";
import { TimeLimits } from "./time-limits.js";
import type { World } from "./world.js";

const ERRORS_KEPT = 10;
const TOO_LATE = /* @__PURE__ */ refuse("deadline", null);
const GIVEN_UP = /* @__PURE__ */ refuse("given-up", null);

/** What the alarm is set for. */
type Due = "launch" | "ask" | "limit" | "give-up";

export abstract class Asking<Value> implements AlarmEntry {
  // The entry in the alarm's heap. `at` is also when what was answered is due.
  at: Millis = 0;
  turn = 0;
  place = -1;

  protected readonly policy: RestartPolicy;
  protected readonly signal: AbortSignal | null;
  protected readonly habits: Habits<Value>;
  protected readonly world: World;
  protected readonly time: TimeLimits | null;
  /** The policy's state. */
  protected state: unknown = null;
  protected attempts = 0;
  protected abandoned = 0;
  protected lastExit: Exit<Value> | null = null;
  /** All that were thrown, once there are two. */
  protected errors: unknown[] | null = null;

  constructor({ policy, signal, habits, world, times }: RetrySettings<Value>) {
    this.policy = policy;
    this.signal = signal;
    this.habits = habits;
    this.world = world;
    this.time = times && new TimeLimits(times);
  }

  abstract ring(): void;

  /** What the alarm is set for. */
  protected due: Due = "launch";
  /** In which attempts, callbacks and listeners run, also where the timer or the signal is of another one. */
  protected context: AsyncContext | undefined = undefined;

  protected capture(): void {
    if (this.context === undefined) this.context = captureContext();
  }

  protected wait(due: Due, at: Millis): void {
    this.due = due;
    this.capture();
    this.world.alarm.move(this, at);
  }

  protected now(): Millis {
    const { alarm } = this.world;
    const now = alarm.now();
    if (alarm.fault) throw alarm.fault;
    return now;
  }

  protected afterFailure(exit: Exit<Value>, attempt: Attempt, now: Millis): LaunchAnswer {
    if (exit.kind !== "completed") this.keep((exit as AnyExit).error);
    this.lastExit = exit;
    if (this.time?.over?.limit === "deadlineMs") return TOO_LATE;
    const uptimeMs = Math.max(0, now - Attempt.since(attempt));
    this.step({ type: "exited", exit, failed: true, uptimeMs }, now);
    const answer = this.ask(now);
    return Attempt.hasGivenUp(attempt) ? GIVEN_UP : answer;
  }

  /** Whether a result is a failure. */
  protected isRefused(value: Value): boolean {
    const { retryOn } = this.habits;
    if (!retryOn) return false;
    const verdict: unknown = retryOn(value);
    if (typeof verdict === "boolean") return verdict;
    ignoreRejection(verdict);
    const what = `retryOn must answer true or false, got ${typeof verdict}`;
    throw new ContractError("caller", what);
  }

  /** Asks the policy. When what it answers is due stands in `at`. */
  protected ask(now: Millis): LaunchAnswer {
    const { system } = this.world;
    const draw = system.random();
    if (!(draw >= 0 && draw < 1)) {
      throw new ContractError("system", `random() must answer a number in [0, 1), got ${draw}`);
    }
    const cause = this.attempts === 0 ? "start" : "restart";
    const wall = Math.floor(system.wall ? system.wall() : now) + 0;
    const answer = this.step({ type: "launch", cause, draw, wall }, now) as LaunchAnswer;
    const delayMs = answer.type === "launch" ? answer.delayMs : answer.retryAfterMs;
    if (delayMs === null) return answer;
    this.at = Math.min(now + Math.ceil(delayMs), Number.MAX_SAFE_INTEGER);
    return this.time?.isTooLate(this.at) ? TOO_LATE : answer;
  }

  protected step(event: RestartEvent, now: Millis) {
    const step: unknown = this.policy.step(this.state, event, now);
    const fault = stepFault(event, step);
    if (fault) throw new ContractError("policy", `${this.policy.name}: ${fault}`);
    const [state, decision] = step as [unknown, RestartDecision];
    this.state = state;
    return decision;
  }

  protected isFinal({ retryAfterMs }: { readonly retryAfterMs: number | null }): boolean {
    return retryAfterMs === null || this.habits.isFinal;
  }

  protected told(answer: LaunchAnswer) {
    if (answer.type === "launch") return { delayMs: answer.delayMs, reason: null };
    return { delayMs: this.isFinal(answer) ? null : answer.retryAfterMs, reason: answer.reason };
  }

  /** The first one is in the last exit until there is a second. */
  protected keep(error: unknown): void {
    if (this.errors) {
      if (this.errors.push(error) > ERRORS_KEPT) this.errors.shift();
    } else if (this.lastExit) this.errors = [...this.allErrors(), error];
  }

  protected allErrors(): unknown[] {
    if (this.errors) return this.errors;
    const exit = this.lastExit;
    return exit && exit.kind !== "completed" ? [(exit as AnyExit).error] : [];
  }

  /** What is thrown when there is no further attempt. */
  protected refusal(reason: string, retryAfterMs: number | null): unknown {
    const errors = this.allErrors();
    const { attempts, abandoned, lastExit } = this;
    const refusal = { reason, attempts, errors, retryAfterMs, abandoned, lastExit };
    const error = errors.at(-1);
    if (lastExit === null || lastExit.kind === "completed" || this.habits.isWrapped) {
      return new RefusedError(refusal, errors.length > 0 ? { cause: error } : undefined);
    }
    remember(error, refusal);
    return error;
  }
}
