// The one loop. It owns nothing that decides: whether and when to launch is the policy's, what an
// attempt may do and when it is forced is the slot's. The loop carries the two out, one act at a time.
//
// Order within one act: the slot is stepped, its commands are carried out, the policy is told and asked
// at the same `now`; then the wake-up is set to the next deadline, and last the listeners hear of it.
// Everything runs in the async context in which the supervision was begun. Orders: see `handle.ts`.

import type { SlotCommand, SlotEvent, SlotReport, SlotState } from "@steadfast/child-slot";
import { type Exit, errorRecord, type Millis, within } from "@steadfast/policy";
import { onAbort } from "./abort-hub.js";
import { type Alarm, alarmOf } from "./alarm.js";
import { captureContext, type RunInContext } from "./async-context.js";
import { ChildPort } from "./child-port.js";
import { Dialogue } from "./dialogue.js";
import { ContractError } from "./errors.js";
import { EventHub } from "./event-hub.js";
import type { CallbackName, LaunchCause, SupervisorNews } from "./events.js";
import { guarded } from "./guarded.js";
import type { Launcher } from "./launcher.js";
import { Ledger } from "./ledger.js";
import { exitNews, newsOf } from "./news.js";
import type { SuperviseSettings } from "./options.js";
import { type Ending, endingOf, type Judged, type Outcome } from "./outcome.js";
import { Seat } from "./seat.js";
import type { SavedSupervision } from "./snapshot.js";
import type { System } from "./system.js";
import { Turns } from "./turns.js";
import { WakeUp } from "./wake-up.js";

/** Which attempt something is about. */
type Tag = Pick<SlotState, "attempt" | "generation">;

export class Loop<Value> {
  readonly outcome: Promise<Outcome<Value>>;
  readonly hub: EventHub;
  readonly settings: SuperviseSettings;
  readonly seat: Seat;
  readonly ledger: Ledger;
  readonly dialogue: Dialogue;
  readonly child: ChildPort<Value>;
  readonly #alarm: Alarm;
  readonly #wakeUp: WakeUp;
  readonly #turns: Turns;
  readonly #inContext: RunInContext = captureContext();
  #settle: (outcome: Outcome<Value>) => void = () => {};
  #last: Judged<Value> | null = null;
  #ending: Ending<Value> | null = null;
  /** The outcome, once it is over. */
  ended: Outcome<Value> | null = null;
  #misuse: { readonly error: unknown } | null = null;
  #restartLimit: SuperviseSettings["restartLimit"];
  /** Whether nobody was there to hear a reload: then the next child is told. */
  reloadDue = false;
  #forgetSignal: () => void = () => {};
  #leaveBudget: () => void = () => {};

  constructor(launcher: Launcher<Value>, settings: SuperviseSettings, system: System) {
    const { policy, snapshot, onNotYet, onEvent } = settings;
    this.settings = settings;
    this.#restartLimit = settings.restartLimit;
    this.seat = new Seat(settings.slot);
    this.#alarm = alarmOf(system);
    this.#wakeUp = new WakeUp(this.#alarm, () => this.act((now) => this.#ring(now)));
    this.hub = new EventHub((error) => this.#callbackFailed("listener", error));
    const now = this.#alarm.now();
    if (snapshot) this.seat.restore(snapshot.slot, now);
    const state = snapshot
      ? within("states.policy", () => policy.parse(snapshot.policy, now))
      : policy.initial();
    this.ledger = new Ledger(settings, system, state, (error) =>
      this.#callbackFailed("journal", error),
    );
    this.dialogue = new Dialogue(this.ledger, onNotYet, (news, now) =>
      this.news(news, this.seat.state, now),
    );
    this.#turns = new Turns(
      (error) => this.#fault(error),
      () => this.#afterwards(),
    );
    this.child = new ChildPort(launcher, {
      report: (report) => this.act((now) => this.step(report, now)),
      message: (message, generation) => this.act(() => this.#message(message, generation)),
      fault: (error) => this.act(() => this.#fault(error)),
      callFailed: (call, error) => this.#callbackFailed(call, error),
    });
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (onEvent) this.hub.add(onEvent);
  }

  // --- beginning and stopping ------------------------------------------------------------------------

  /** The first request. What a launcher throws because it was misused is thrown on. */
  start(): void {
    const { signal, shared, snapshot } = this.settings;
    if (signal?.aborted) return this.stop("abort", signal.reason);
    if (signal) this.#forgetSignal = onAbort(signal, (again) => this.#aborted(signal, again));
    if (shared) this.#leaveBudget = shared.join(this.#onForgiven);
    this.act((now) => (snapshot ? this.#takeUp(snapshot, now) : this.#request("start", now)));
    if (this.#misuse) throw this.#misuse.error;
  }

  stop(by: "stop" | "abort" | "dispose", abortReason?: unknown): void {
    this.act((now) => {
      this.#ending ??= { type: "stopped", by, ...(by === "abort" ? { abortReason } : {}) };
      this.#close(now);
    });
  }

  /** The past is forgiven: what was refused for a time is asked again. */
  reset(now: Millis): void {
    this.news({ type: "reset" }, this.seat.state, now);
    this.ledger.tell({ type: "reset" }, now);
    this.#askAgain(now);
    this.settings.shared?.forgiven(this.#onForgiven);
  }

  /** Throws where nothing can be answered: an act is being done, and the order would wait for it. */
  mustAnswer(order: string): void {
    if (!this.#turns.busy) return;
    const where = "from inside a launcher, a policy, isFailure or a journal";
    throw new ContractError("caller", `${order}() cannot answer ${where}: call it later`);
  }

  /** The supervisor's clock. */
  now(): Millis {
    return this.#alarm.now();
  }

  // --- one act ------------------------------------------------------------------------------------

  /** Does something as one act: now, or after the act that is being done. */
  act(act: (now: Millis) => void): void {
    if (this.ended) return;
    this.#inContext(() => this.#turns.take(() => this.#perform(act)));
  }

  #perform(act: (now: Millis) => void): void {
    const now = this.#alarm.now();
    if (this.#alarm.fault && this.#ending?.type !== "failed") {
      this.#ending = { type: "failed", error: this.#alarm.fault };
      this.#close(now);
    }
    act(now);
  }

  #afterwards(): void {
    this.#countLimit();
    if (this.#ending && this.seat.empty && !this.ended) this.#end(this.#ending);
    // While a child is there nothing is waited for, and the other way round.
    this.#wakeUp.set(this.seat.deadline ?? this.dialogue.wait?.until ?? null);
    this.hub.flush();
  }

  /** Shows in the record how much of the restart limit is used. */
  #countLimit(): void {
    const restartLimit = this.#restartLimit;
    if (!restartLimit || this.ended) return;
    try {
      const now = this.#alarm.now();
      this.seat.step({ type: "limit", view: restartLimit(this.ledger.state, now) }, now);
    } catch (error) {
      this.#restartLimit = null;
      this.#callbackFailed("restartLimit", error);
    }
  }

  /** Lets time do what is due. Of a child that is not there, no more than that it is gone. */
  #ring(now: Millis): void {
    let due = this.seat.tick(now);
    while (due) {
      this.carryOut(due, now);
      due = this.child.alive ? this.seat.tick(now) : null;
    }
    this.heedWait(now);
  }

  // --- launching ----------------------------------------------------------------------------------

  /** Asks the policy. The first launch happens at once; a restart lets the event loop breathe. */
  #request(cause: LaunchCause, now: Millis): void {
    if (!this.seat.free) return;
    const refusal = this.dialogue.ask(cause, now);
    if (refusal) {
      this.#ending = endingOf(refusal, this.#last);
      this.#close(now);
    }
    if (cause === "start") this.act((then) => this.heedWait(then));
  }

  /** Goes on where another supervisor left off: see `snapshot.ts`. */
  #takeUp({ pending }: SavedSupervision, now: Millis): void {
    const { generation, attempt, lastExit } = this.seat.state;
    if (lastExit) {
      const exit = lastExit as Exit<Value>;
      this.#last = { exit, failed: this.#judge(exit) };
    }
    if (!this.seat.empty)
      return this.step({ type: "exited", generation, exit: { kind: "lost" } }, now);
    if (pending) this.dialogue.resume(pending);
    else this.#request(attempt === 0 ? "start" : "restart", now);
    this.act((then) => this.heedWait(then));
  }

  /** What was refused for a time is asked again, now that the past is forgiven. */
  #askAgain(now: Millis): void {
    const { wait } = this.dialogue;
    if (wait?.for === "not-yet") this.#request(wait.cause, now);
  }

  readonly #onForgiven = (): void => this.act((now) => this.#askAgain(now));

  /** Does what was waited for, if it is time. */
  heedWait(now: Millis): void {
    const wait = this.dialogue.takeDue(now);
    if (wait?.for === "delay") this.occupy(wait.cause, now);
    if (wait?.for === "not-yet") this.#request(wait.cause, now);
  }

  /** Launches an attempt: only where the seat is free. */
  occupy(cause: LaunchCause, now: Millis): void {
    this.step({ type: "launch", cause }, now);
  }

  #launch({ cause, ...tag }: SlotCommand & { type: "launch" }, now: Millis): void {
    const { attempt, generation } = tag;
    const start = this.child.launch({ id: this.settings.slot.id, attempt, generation, cause });
    if (start.type === "alive") {
      const { pid } = start.child;
      this.news({ type: "launched", cause, ...(pid === undefined ? {} : { pid }) }, tag, now);
    } else {
      const exit: Exit =
        start.type === "refused" ? start.exit : { kind: "spawn-failed", error: start.error };
      this.act((then) => this.step({ type: "exited", generation, exit }, then));
    }
    if (start.type === "misused") this.#misuse = { error: start.error };
    if (start.type === "misused" || start.type === "faulty") this.#fault(start.error);
    if (cause === "operator" && this.settings.operatorLaunches === "free") {
      this.ledger.noteOperator(now);
    }
    if (this.reloadDue && start.type === "alive") {
      this.reloadDue = false;
      this.child.hand(this.settings.reloadMessage);
    }
  }

  // --- the slot -----------------------------------------------------------------------------------

  /** Steps the slot and carries out what it commands. */
  step(event: SlotEvent, now: Millis): void {
    this.carryOut(this.seat.step(event, now), now);
  }

  #close(now: Millis): void {
    this.dialogue.drop();
    this.step({ type: "stop" }, now);
  }

  /** Carries all of them out, also when one meets a fault: the slot counts on it. */
  carryOut(commands: readonly SlotCommand[], now: Millis): void {
    for (const command of commands) {
      try {
        this.#obey(command, now);
      } catch (error) {
        this.#fault(error);
      }
    }
  }

  #obey(command: SlotCommand, now: Millis): void {
    const news = newsOf(command);
    // A slot with immediate readiness reports `ready` also of a child that could not be started.
    const untrue = news?.type === "ready" && !this.child.alive;
    if (news && !untrue) this.news(news, command, now);
    switch (command.type) {
      case "launch":
        return this.#launch(command, now);
      case "request-stop":
        return this.child.requestStop(command.reason);
      case "kill":
        return this.child.kill();
      case "abandon":
        return this.child.abandon();
      case "report":
        if (command.report.type === "exited") this.#exited(command.report, command, now);
        if (command.report.type === "healthy") this.#healthy(now);
    }
  }

  #exited(report: SlotReport & { type: "exited" }, tag: Tag, now: Millis): void {
    const { uptimeMs, ordered } = report;
    const exit = report.exit as Exit<Value>;
    this.child.forget();
    const failed = !ordered && this.#judge(exit);
    this.#last = { exit, failed };
    this.news(exitNews(report, failed), tag, now);
    if (this.#ending?.type === "failed") return;
    this.ledger.tell({ type: "exited", exit, failed, uptimeMs }, now);
    if (!this.seat.free) return;
    // Ended by a `pause` that was taken back meanwhile: an operator's launch, not the policy's.
    if (ordered) this.occupy("operator", now);
    else this.#request("restart", now);
  }

  #healthy(now: Millis): void {
    this.ledger.tell({ type: "healthy" }, now);
    this.settings.shared?.forgiven(this.#onForgiven);
  }

  /** Asks the one judge, once. A judge that gives no verdict is a fault, and the exit a failure. */
  #judge(exit: Exit): boolean {
    try {
      const verdict: unknown = this.settings.isFailure(exit);
      if (typeof verdict === "boolean") return verdict;
      throw new ContractError(
        "caller",
        `isFailure must answer true or false, got ${typeof verdict}`,
      );
    } catch (error) {
      this.#fault(error);
      return true;
    }
  }

  #message(message: unknown, generation: number): void {
    const { onMessage } = this.settings;
    if (!onMessage || generation !== this.seat.state.generation || !this.child.alive) return;
    this.hub.later(() =>
      guarded(
        () => onMessage(message),
        (error) => this.#callbackFailed("onMessage", error),
      ),
    );
  }

  // --- endings ------------------------------------------------------------------------------------

  #aborted(signal: AbortSignal, again: boolean): void {
    this.stop("abort", signal.reason);
    if (again) this.act((now) => this.step({ type: "kill" }, now));
  }

  /** Somebody broke a contract: nothing is decided any more, and what is alive is stopped. */
  #fault(error: unknown): void {
    if (this.#ending?.type !== "failed") this.#ending = { type: "failed", error };
    this.act((now) => this.#close(now));
  }

  #end(ending: Ending<Value>): void {
    const ends = { lastExit: this.#last?.exit ?? null, attempts: this.seat.state.attempt };
    const outcome = { ...ending, ...ends } as Outcome<Value>;
    this.ended = outcome;
    this.#forgetSignal();
    this.#leaveBudget();
    this.news({ type: "ended", outcome: outcome.type }, this.seat.state, this.#alarm.now());
    this.#settle(outcome);
  }

  // --- telling ------------------------------------------------------------------------------------

  news(news: SupervisorNews, { attempt, generation }: Tag, at: Millis): void {
    this.hub.push({ id: this.settings.slot.id, at, attempt, generation, ...news });
  }

  #callbackFailed(callback: CallbackName, error: unknown): void {
    const news = { type: "callback-failed", callback, error: errorRecord(error) } as const;
    this.act((now) => this.news(news, this.seat.state, now));
  }
}
