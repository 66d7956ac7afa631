// The one loop. It owns nothing that decides: whether and when to launch is the policy's, what an
// attempt may do and when it is forced is the slot's. The loop carries the two out, one act at a time.
//
// Order within one act: the slot is stepped, its commands are carried out, the policy is told and asked
// at the same `now`; then the wake-up is set to the next deadline, and last the listeners hear of it.

import {
  type ChildReport,
  type ChildSlot,
  childSlot,
  type FenceDecision,
  type SlotCommand,
  type SlotEvent,
  type SlotReport,
  type SlotState,
} from "@steadfast/child-slot";
import { type Exit, errorRecord, exitRecord, type Millis } from "@steadfast/policy";
import { onAbort } from "./abort-hub.js";
import { type Alarm, alarmOf } from "./alarm.js";
import { captureContext, type RunInContext } from "./async-context.js";
import { ChildPort } from "./child-port.js";
import { ContractError, isProgrammingError } from "./errors.js";
import { EventHub } from "./event-hub.js";
import type { LaunchCause, SupervisorNews } from "./events.js";
import type { Launcher } from "./launcher.js";
import { Ledger } from "./ledger.js";
import type { SuperviseSettings } from "./options.js";
import { DONE_REASONS, type Ending, type Outcome } from "./outcome.js";
import type { System } from "./system.js";
import { Turns } from "./turns.js";
import { earliest, instantAfter, type Wait } from "./wait.js";
import { WakeUp } from "./wake-up.js";

/** How the last attempt ended, and what was thought of it. */
interface Judged<Value> {
  readonly exit: Exit<Value>;
  readonly failed: boolean;
}

export class Loop<Value> {
  readonly outcome: Promise<Outcome<Value>>;
  readonly hub = new EventHub();
  readonly #settings: SuperviseSettings;
  readonly #slot: ChildSlot;
  readonly #ledger: Ledger;
  readonly #child: ChildPort<Value>;
  readonly #alarm: Alarm;
  readonly #wakeUp: WakeUp;
  readonly #turns: Turns;
  readonly #context: RunInContext = captureContext();
  #settle: (outcome: Outcome<Value>) => void = () => {};
  #state: SlotState;
  #wait: Wait | null = null;
  #last: Judged<Value> | null = null;
  #ending: Ending<Value> | null = null;
  #ended: Outcome<Value> | null = null;
  #forgetSignal: () => void = () => {};

  constructor(launcher: Launcher<Value>, settings: SuperviseSettings, system: System) {
    this.#settings = settings;
    this.#slot = childSlot(settings.slot);
    this.#state = this.#slot.initial();
    this.#alarm = alarmOf(system);
    this.#wakeUp = new WakeUp(this.#alarm, () => this.#context(() => this.#ring()));
    this.#ledger = new Ledger(settings.policy, system, settings.journal, (error) =>
      this.#callbackFailed("journal", error),
    );
    this.#turns = new Turns(
      (error) => this.#fail(error),
      () => this.#afterwards(),
    );
    this.#child = new ChildPort(launcher, {
      report: (report) => this.#act((now) => this.#tell(report, now)),
      message: (message, generation) => this.#act(() => this.#message(message, generation)),
      fault: (error) => this.#act(() => this.#fail(error)),
      callFailed: (call, error) => this.#callbackFailed(call, error),
    });
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (settings.onEvent) this.hub.add(settings.onEvent);
  }

  // --- the doors ----------------------------------------------------------------------------------

  /** The first request. What a launcher throws because it was misused is thrown on. */
  start(): void {
    const { signal } = this.#settings;
    if (signal?.aborted) return this.stop("abort", signal.reason);
    if (signal) this.#forgetSignal = onAbort(signal, (again) => this.#aborted(signal, again));
    this.#act((now) => this.#request("start", now));
    if (this.#ending?.type === "failed" && isProgrammingError(this.#ending.error)) {
      throw this.#ending.error;
    }
  }

  stop(by: "stop" | "abort" | "dispose", abortReason?: unknown): void {
    this.#act((now) => {
      this.#ending ??= { type: "stopped", by, ...(by === "abort" ? { abortReason } : {}) };
      this.#close(now);
    });
  }

  restart(requester: string, reason: string): FenceDecision {
    if (this.#turns.busy) {
      const where = "from inside a policy, a launcher, isFailure or a journal";
      throw new ContractError("system", `restart() must not be called ${where}`);
    }
    let decision: FenceDecision = "blocked-by-shutdown";
    this.#act((now) => {
      const commands = this.#step({ type: "restart", requester, reason }, now);
      decision = fenceDecision(commands) ?? decision;
      if (decision === "started-immediately") this.#wait = null;
      this.#carryOut(commands, now);
    });
    return decision;
  }

  pause(): void {
    this.#act((now) => {
      this.#wait = null;
      this.#carryOut(this.#step({ type: "pause" }, now), now);
    });
  }

  resume(): void {
    this.#act((now) => {
      const commands = this.#step({ type: "resume" }, now);
      this.#carryOut(commands, now);
      if (commands.length > 0 && this.#isVacant()) this.#occupy("operator", now);
    });
  }

  reset(): void {
    this.#act((now) => {
      this.#news({ type: "reset" }, now);
      this.#ledger.tell({ type: "reset" }, now);
      if (this.#wait?.for === "not-yet") this.#request(this.#wait.cause, now);
    });
  }

  send(message: unknown): boolean {
    return this.#state.phase.status !== "cancelling" && this.#child.send(message);
  }

  status() {
    return {
      ...this.#slot.toRecord(this.#state, this.#alarm.now()),
      waiting: this.#wait,
      outcome: this.#ended?.type ?? null,
    };
  }

  // --- one act ------------------------------------------------------------------------------------

  #act(act: (now: Millis) => void): void {
    if (this.#ended) return;
    this.#turns.take(() => {
      if (!this.#ended) act(this.#alarm.now());
    });
  }

  #afterwards(): void {
    if (this.#ending && this.#state.phase.status === "stopped" && !this.#ended) {
      this.#end(this.#ending);
    }
    const deadline = this.#ended ? null : this.#slot.deadline(this.#state);
    this.#wakeUp.set(earliest(deadline, this.#wait?.until ?? null));
    this.hub.flush();
  }

  #ring(): void {
    this.#act((now) => {
      this.#tick(now);
      const wait = this.#wait;
      if (!wait || wait.until > now) return;
      if (wait.for === "delay") this.#occupy(wait.cause, now);
      else this.#request(wait.cause, now);
    });
  }

  /** Lets time do in the slot what is due. */
  #tick(now: Millis): void {
    for (;;) {
      const before = this.#state;
      const due = this.#slot.deadline(before);
      if (due === null || due > now) return;
      this.#carryOut(this.#step({ type: "tick" }, now), now);
      if (this.#state === before) return;
    }
  }

  // --- the policy ---------------------------------------------------------------------------------

  #request(cause: LaunchCause, now: Millis): void {
    this.#wait = null;
    const answer = this.#ledger.ask(cause, now);
    if (answer.type === "refuse")
      return this.#refused(answer.reason, answer.retryAfterMs, cause, now);
    const until = instantAfter(now, answer.delayMs);
    // The first launch happens at once; a restart always lets the event loop breathe.
    if (cause === "start" && until <= now) return this.#occupy(cause, now);
    this.#wait = { for: "delay", until, cause };
    this.#news({ type: "delayed", until, delayMs: answer.delayMs }, now);
  }

  #refused(reason: string, retryAfterMs: Millis | null, cause: LaunchCause, now: Millis): void {
    this.#news({ type: "refused", reason, retryAfterMs }, now);
    if (retryAfterMs !== null && this.#settings.onNotYet === "wait") {
      this.#wait = { for: "not-yet", until: instantAfter(now, retryAfterMs), cause };
      return;
    }
    const last = this.#last;
    if (last && !last.failed && DONE_REASONS.includes(reason)) {
      const value = last.exit.kind === "completed" ? last.exit.value : undefined;
      this.#ending = { type: "completed", value };
    } else {
      this.#ending = { type: "refused", reason, retryAfterMs };
    }
    this.#close(now);
  }

  // --- the slot -----------------------------------------------------------------------------------

  #step(event: SlotEvent, now: Millis): readonly SlotCommand[] {
    const [state, commands] = this.#slot.step(this.#state, event, now);
    this.#state = state;
    return commands;
  }

  #tell(report: ChildReport, now: Millis): void {
    this.#carryOut(this.#step(report, now), now);
  }

  #occupy(cause: LaunchCause, now: Millis): void {
    this.#wait = null;
    this.#carryOut(this.#step({ type: "launch", cause }, now), now);
  }

  #close(now: Millis): void {
    this.#wait = null;
    this.#carryOut(this.#step({ type: "stop" }, now), now);
  }

  #isVacant(): boolean {
    const { phase, open, intent } = this.#state;
    return phase.status === "stopped" && open && intent === "active";
  }

  #carryOut(commands: readonly SlotCommand[], now: Millis): void {
    for (const command of commands) this.#perform(command, now);
  }

  #perform(command: SlotCommand, now: Millis): void {
    switch (command.type) {
      case "launch":
        return this.#launch(command, now);
      case "request-stop":
        this.#news({ type: "stopping", reason: command.reason }, now);
        return this.#child.requestStop(command.reason);
      case "kill":
        this.#news({ type: "killing" }, now);
        return this.#child.kill();
      case "abandon":
        this.#news({ type: "abandoned" }, now);
        return this.#child.abandon();
      case "stale": {
        const { generation, report } = command;
        return this.#news({ type: "stale", generation, report: report.type }, now);
      }
      case "report":
        return this.#heed(command.report, now);
    }
  }

  #launch({ attempt, generation, cause }: SlotCommand & { type: "launch" }, now: Millis): void {
    if (cause === "operator") this.#ledger.noteOperator(now);
    const { id } = this.#settings.slot;
    const child = this.#child.launch({ id, attempt, generation, cause });
    if (!child) return;
    const pid = child.pid === undefined ? {} : { pid: child.pid };
    this.#news({ type: "launched", cause, ...pid }, now);
    this.#child.attach(child, generation);
  }

  #heed(report: SlotReport, now: Millis): void {
    switch (report.type) {
      case "exited":
        return this.#exited(report, now);
      case "healthy":
        this.#news({ type: "healthy" }, now);
        return this.#ledger.tell({ type: "healthy" }, now);
      case "fence":
        return this.#news({ type: "fence", decision: report.decision }, now);
      case "intent":
        return this.#news({ type: "intent", intent: report.intent }, now);
      default:
        // A slot with immediate readiness reports `ready` also of a child that could not be started.
        if (this.#child.alive) this.#news({ type: report.type }, now);
    }
  }

  #exited({ exit: ended, uptimeMs, ordered }: SlotReport & { type: "exited" }, now: Millis): void {
    const exit = ended as Exit<Value>;
    this.#child.forget();
    this.#last = { exit, failed: false };
    const failed = !ordered && this.#settings.isFailure(exit);
    this.#last = { exit, failed };
    this.#news({ type: "exited", exit: exitRecord(exit), failed, uptimeMs, ordered }, now);
    if (this.#ending?.type === "failed") return;
    this.#ledger.tell({ type: "exited", exit, failed, uptimeMs }, now);
    if (!this.#isVacant()) return;
    // Ended by a `pause` that was taken back meanwhile: an operator's launch, not the policy's.
    if (ordered) this.#occupy("operator", now);
    else this.#request("restart", now);
  }

  #message(message: unknown, generation: number): void {
    if (generation !== this.#state.generation || !this.#child.alive) return;
    this.#child.guarded("onMessage", () => this.#settings.onMessage?.(message));
  }

  // --- endings ------------------------------------------------------------------------------------

  #aborted(signal: AbortSignal, again: boolean): void {
    this.#context(() => {
      this.stop("abort", signal.reason);
      if (again) this.#child.kill();
    });
  }

  /** Somebody broke a contract: nothing is decided any more, and what is alive is stopped. */
  #fail(error: unknown): void {
    if (this.#ending?.type !== "failed") this.#ending = { type: "failed", error };
    this.#close(this.#alarm.now());
  }

  #end(ending: Ending<Value>): void {
    const ends = { lastExit: this.#last?.exit ?? null, attempts: this.#state.attempt };
    const outcome = { ...ending, ...ends } as Outcome<Value>;
    this.#ended = outcome;
    this.#wait = null;
    this.#forgetSignal();
    this.#news({ type: "ended", outcome: outcome.type }, this.#alarm.now());
    this.#settle(outcome);
  }

  // --- telling ------------------------------------------------------------------------------------

  #news(news: SupervisorNews, at: Millis): void {
    const { attempt, generation } = this.#state;
    this.hub.push({ id: this.#settings.slot.id, at, attempt, generation, ...news });
  }

  #callbackFailed(
    callback: (SupervisorNews & { type: "callback-failed" })["callback"],
    error: unknown,
  ): void {
    this.#news({ type: "callback-failed", callback, error: errorRecord(error) }, this.#alarm.now());
  }
}

function fenceDecision(commands: readonly SlotCommand[]): FenceDecision | null {
  for (const command of commands) {
    if (command.type === "report" && command.report.type === "fence")
      return command.report.decision;
  }
  return null;
}
