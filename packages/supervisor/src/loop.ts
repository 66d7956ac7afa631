// The one loop. It owns nothing that decides: whether and when to launch is the policy's, what an
// attempt may do and when it is forced is the slot's. The loop carries the two out, one act at a time.
//
// Order within one act: the slot is stepped, its commands are carried out, the policy is told and asked
// at the same `now`; then the wake-up is set to the next deadline, and last the listeners hear of it.
// Everything runs in the async context in which the supervision was begun.

import {
  childSlot,
  type FenceDecision,
  type SlotCommand,
  type SlotEvent,
  type SlotReport,
  type SlotState,
} from "@steadfast/child-slot";
import { type Exit, errorRecord, exitRecord, type Refuse, within } from "@steadfast/policy";
import { onAbort } from "./abort-hub.js";
import { alarmOf } from "./alarm.js";
import { captureContext } from "./async-context.js";
import { childPort } from "./child-port.js";
import { ContractError } from "./errors.js";
import { type EventHub, eventHub } from "./event-hub.js";
import type { CallbackName, LaunchCause, SupervisorNews } from "./events.js";
import { guarded } from "./guarded.js";
import type { SupervisorHandle } from "./handle.js";
import type { Launcher } from "./launcher.js";
import { ledger } from "./ledger.js";
import {
  type Ending,
  endingOf,
  type Judged,
  type Outcome,
  type StoppedOutcome,
} from "./outcome.js";
import { queue } from "./queue.js";
import { isEmpty, isFree, takesRestart } from "./seat.js";
import { takeSnapshot } from "./snapshot.js";
import type { SuperviseSettings } from "./supervise-settings.js";
import type { System } from "./system.js";
import { instantAfter, type Wait } from "./wait.js";
import { wakeUp } from "./wake-up.js";

/** Which attempt something is about. */
type Tag = Pick<SlotState, "attempt" | "generation">;

/** Who stops it, and why. */
type Stop = Pick<StoppedOutcome, "by" | "abortReason">;

/** A supervision that goes on, and the orders it takes: each is one act. Their doors: `handle.ts`. */
export interface Loop<Value>
  extends Pick<
    SupervisorHandle<Value>,
    "outcome" | "status" | "pause" | "resume" | "reset" | "snapshot"
  > {
  readonly hub: EventHub;
  stop(how: Stop): void;
  restart(requester: string, reason: string): FenceDecision | Refuse;
  /** Passes a message to the child. False if nobody is there who can hear it, or is to hear it still. */
  deliver(message: unknown, by: "send" | "reload"): boolean;
}

/** Begins a supervision. What a launcher throws at first because it was misused is thrown on. */
export function beginLoop<Value>(
  launcher: Launcher<Value>,
  settings: SuperviseSettings,
  system: System,
): Loop<Value> {
  const { policy, signal, shared, snapshot, onNotYet, operatorLaunches } = settings;
  const { id } = settings.slot;
  const inContext = captureContext();
  const alarm = alarmOf(system);
  const machine = childSlot(settings.slot);
  const acts = queue();
  const hub = eventHub((error) => callbackFailed("listener", error));
  const wake = wakeUp(alarm, () => act(ring));
  /** The instant of the act that is being done. */
  let now = alarm.now();
  let slot = snapshot
    ? within("states.slot", () => machine.parse(snapshot.slot, now))
    : machine.initial();
  const state = snapshot
    ? within("states.policy", () => policy.parse(snapshot.policy, now))
    : policy.initial();
  const book = ledger(settings, system, state, (error) => callbackFailed("journal", error));
  const port = childPort(launcher, {
    report: (report) => act(() => step(report)),
    message: (message, generation) => act(() => hear(message, generation)),
    fault: breakOff,
    misused(error) {
      misuse = { error };
      breakOff(error);
    },
    callFailed: callbackFailed,
  });
  /** What is waited for while somebody may move in. */
  let wait: Wait | null = null;
  let last: Judged<Value> | null = null;
  let ending: Ending<Value> | null = null;
  let ended: Outcome<Value> | null = null;
  let misuse: { readonly error: unknown } | null = null;
  let { restartLimit } = settings;
  let reloadDue = false;
  const leave: (() => void)[] = [];
  let settle: (outcome: Outcome<Value>) => void;
  const outcome = new Promise<Outcome<Value>>((resolve) => {
    settle = resolve;
  });

  // --- one act ------------------------------------------------------------------------------------

  function act(run: () => void): void {
    if (ended) return;
    acts.add(() => {
      try {
        now = alarm.now();
        if (alarm.fault && noteFailure(alarm.fault)) close();
        run();
      } catch (error) {
        breakOff(error);
      }
    });
    inContext(() => {
      if (acts.drain()) afterwards();
    });
  }

  function afterwards(): void {
    countLimit();
    if (ending && isEmpty(slot) && !ended) end(ending);
    // While a child is there nothing is waited for, and the other way round.
    wake(machine.deadline(slot) ?? wait?.until ?? null);
    hub.flush();
  }

  /** Shows in the record how much of the restart limit is used. */
  function countLimit(): void {
    if (!restartLimit || ended) return;
    try {
      now = alarm.now();
      step({ type: "limit", view: restartLimit(book.state(), now) });
    } catch (error) {
      restartLimit = null;
      callbackFailed("restartLimit", error);
    }
  }

  /** Lets time do what is due. Of a child that is not there, no more than that it is gone. */
  function ring(): void {
    let before: SlotState;
    do {
      before = slot;
      step({ type: "tick" });
    } while (slot !== before && port.child());
    heedWait();
  }

  // --- launching ----------------------------------------------------------------------------------

  /** Asks the policy. The first launch happens at once; a restart lets the event loop breathe. */
  function request(cause: LaunchCause): void {
    if (!isFree(slot)) return;
    const answer = book.ask(cause, now);
    if (answer.type === "launch") {
      const { delayMs } = answer;
      const until = instantAfter(now, delayMs);
      wait = { for: "delay", until, cause };
      if (cause !== "start" || until > now) tell({ type: "delayed", until, delayMs });
    } else {
      const { reason, retryAfterMs } = answer;
      tell({ type: "refused", reason, retryAfterMs });
      if (retryAfterMs === null || onNotYet === "end") {
        ending = endingOf(answer, last);
        close();
      } else wait = { for: "not-yet", until: instantAfter(now, retryAfterMs), cause };
    }
    if (cause === "start") act(heedWait);
  }

  /** Goes on where another supervisor left off: see `snapshot.ts`. */
  function takeUp(pending: Wait | null): void {
    const { generation, attempt, lastExit } = slot;
    if (lastExit) last = { exit: lastExit as Exit<Value>, failed: judge(lastExit) };
    if (!isEmpty(slot)) return void step({ type: "exited", generation, exit: { kind: "lost" } });
    if (pending) wait = pending;
    else request(attempt === 0 ? "start" : "restart");
    act(heedWait);
  }

  /** Does what was waited for, if it is time. */
  function heedWait(): void {
    const due = wait;
    if (!due || due.until > now) return;
    wait = null;
    if (due.for === "delay") occupy(due.cause);
    else request(due.cause);
  }

  /** Makes an admitted delay end now. A "not yet" is never cut. */
  function cut(): void {
    if (wait?.for !== "delay") return;
    wait = { ...wait, until: now };
    heedWait();
  }

  /** What was refused for a time is asked again, now that the past is forgiven. */
  function askAgain(): void {
    if (wait?.for === "not-yet") request(wait.cause);
  }

  const onForgiven = (): void => act(askAgain);

  function occupy(cause: LaunchCause): void {
    step({ type: "launch", cause });
  }

  function launch({ cause, attempt, generation }: SlotCommand & { type: "launch" }): void {
    const tag = { attempt, generation };
    port.launch({ id, cause, ...tag });
    const child = port.child();
    if (child) {
      const { pid } = child;
      tell({ type: "launched", cause, ...(pid === undefined ? {} : { pid }) }, tag);
    }
    if (cause === "operator" && operatorLaunches === "free") book.noteOperator(now);
    if (child && reloadDue) {
      reloadDue = false;
      port.call("send", () => child.send?.(settings.reloadMessage));
    }
  }

  // --- the slot -----------------------------------------------------------------------------------

  /** Carries all commands out, also when one meets a fault: the slot counts on it. */
  function step(event: SlotEvent): readonly SlotCommand[] {
    const [after, commands] = machine.step(slot, event, now);
    slot = after;
    // Nobody waits for a launch that may not happen, or has happened.
    if (!isFree(slot)) wait = null;
    for (const command of commands) {
      try {
        obey(command);
      } catch (error) {
        breakOff(error);
      }
    }
    return commands;
  }

  function close(): void {
    step({ type: "stop" });
  }

  function obey(command: SlotCommand): void {
    switch (command.type) {
      case "launch":
        return launch(command);
      case "request-stop": {
        const { reason } = command;
        tell({ type: "stopping", reason }, command);
        return port.call("requestStop", (child) => child.requestStop(reason));
      }
      case "kill":
        tell({ type: "killing" }, command);
        return port.call("kill", (child) => child.kill());
      case "abandon":
        tell({ type: "abandoned" }, command);
        return port.call("abandon", (child) => child.abandon?.());
      case "stale":
        return tell({ type: "stale", report: command.report.type }, command);
      case "report": {
        const { report } = command;
        if (report.type === "exited") return exited(report, command);
        // A slot with immediate readiness reports `ready` also of a child that could not be started.
        if (report.type !== "ready" || port.child()) tell(report, command);
        if (report.type === "healthy") forgive("healthy");
      }
    }
  }

  function exited({ exit, uptimeMs, ordered }: SlotReport & { type: "exited" }, tag: Tag): void {
    port.forget();
    const failed = !ordered && judge(exit);
    last = { exit: exit as Exit<Value>, failed };
    tell({ type: "exited", exit: exitRecord(exit), failed, uptimeMs, ordered }, tag);
    if (ending?.type === "failed") return;
    book.tell({ type: "exited", exit, failed, uptimeMs }, now);
    if (!isFree(slot)) return;
    // Ended by a `pause` that was taken back meanwhile: an operator's launch, not the policy's.
    if (ordered) occupy("operator");
    else request("restart");
  }

  /** The past is forgiven, in part or whole: others that share a budget may ask again, too. */
  function forgive(type: "healthy" | "reset"): void {
    book.tell({ type }, now);
    if (type === "reset") askAgain();
    shared?.forgiven(onForgiven);
  }

  /** Asks the one judge, once. A judge that gives no verdict is a fault, and the exit a failure. */
  function judge(exit: Exit): boolean {
    try {
      const verdict: unknown = settings.isFailure(exit);
      if (typeof verdict === "boolean") return verdict;
      throw new ContractError(
        "caller",
        `isFailure must answer true or false, got ${typeof verdict}`,
      );
    } catch (error) {
      breakOff(error);
      return true;
    }
  }

  function hear(message: unknown, generation: number): void {
    const { onMessage } = settings;
    if (!onMessage || generation !== slot.generation || !port.child()) return;
    hub.later(() =>
      guarded(
        () => onMessage(message),
        (error) => callbackFailed("onMessage", error),
      ),
    );
  }

  // --- orders -------------------------------------------------------------------------------------

  /** Throws where nothing can be answered: an act is being done, and the order would wait for it. */
  function mustAnswer(order: string): void {
    if (!acts.isBusy()) return;
    const where = "from inside a launcher, a policy, isFailure or a journal";
    throw new ContractError("caller", `${order}() cannot answer ${where}: call it later`);
  }

  /** What the policy has against an operator's launch, where it is asked. */
  function refusal(): Refuse | null {
    const answer = operatorLaunches === "ask" ? book.ask("operator", now) : null;
    return answer?.type === "refuse" ? answer : null;
  }

  function restart(requester: string, reason: string): FenceDecision | Refuse {
    mustAnswer("restart");
    let answer: FenceDecision | Refuse = "blocked-by-shutdown";
    act(() => {
      answer =
        (takesRestart(slot) && refusal()) ||
        fenceDecision(step({ type: "restart", requester, reason })) ||
        answer;
    });
    return answer;
  }

  function resume(): Refuse | null {
    if (operatorLaunches === "ask") mustAnswer("resume");
    let refused: Refuse | null = null;
    act(() => {
      if (!slot.open || slot.intent !== "paused") return;
      refused = refusal();
      if (refused) return;
      step({ type: "resume" });
      if (isFree(slot)) occupy("operator");
    });
    return refused;
  }

  function deliver(message: unknown, by: "send" | "reload"): boolean {
    const child = port.child();
    if (child?.send && slot.phase.status !== "cancelling") {
      child.send(message);
      return true;
    }
    if (by === "reload") reloadDue = true;
    if (settings.delayCutBy.includes(by)) act(cut);
    return false;
  }

  // --- endings ------------------------------------------------------------------------------------

  function stop(how: Stop): void {
    act(() => {
      ending ??= { type: "stopped", ...how };
      close();
    });
  }

  /** Makes it a failure, unless it is one already. */
  function noteFailure(error: unknown): boolean {
    const isFirst = ending?.type !== "failed";
    if (isFirst) ending = { type: "failed", error };
    return isFirst;
  }

  /** Somebody broke a contract: nothing is decided any more, and what is alive is stopped. */
  function breakOff(error: unknown): void {
    noteFailure(error);
    act(close);
  }

  function end(how: Ending<Value>): void {
    ended = { ...how, lastExit: last?.exit ?? null, attempts: slot.attempt };
    for (const one of leave) one();
    now = alarm.now();
    tell({ type: "ended", outcome: how.type });
    settle(ended);
  }

  // --- telling ------------------------------------------------------------------------------------

  function tell(news: SupervisorNews, { attempt, generation }: Tag = slot): void {
    hub.push({ id, at: now, attempt, generation, ...news });
  }

  function callbackFailed(callback: CallbackName, error: unknown): void {
    const record = errorRecord(error);
    act(() => tell({ type: "callback-failed", callback, error: record }));
  }

  if (settings.onEvent) hub.add(settings.onEvent);
  for (const { code, severity, message, fix } of settings.findings) {
    tell({ type: "finding", code, severity, message, ...(fix === undefined ? {} : { fix }) });
  }
  if (signal?.aborted) stop({ by: "abort", abortReason: signal.reason });
  else {
    if (signal) {
      const onAborted = (again: boolean) => {
        stop({ by: "abort", abortReason: signal.reason });
        if (again) act(() => step({ type: "kill" }));
      };
      leave.push(onAbort(signal, onAborted));
    }
    if (shared) leave.push(shared.join(onForgiven));
    act(() => (snapshot ? takeUp(snapshot.pending) : request("start")));
    if (misuse) throw (misuse as { error: unknown }).error;
  }

  return {
    outcome,
    hub,
    status: () => ({
      ...machine.toRecord(slot, alarm.now()),
      waiting: wait,
      outcome: ended?.type ?? null,
    }),
    stop,
    restart,
    pause: () => act(() => step({ type: "pause" })),
    resume,
    reset: () =>
      act(() => {
        tell({ type: "reset" });
        forgive("reset");
      }),
    deliver,
    snapshot: () => takeSnapshot(alarm.now(), book.state(), slot, wait),
  };
}

function fenceDecision(commands: readonly SlotCommand[]): FenceDecision | null {
  for (const command of commands) {
    if ("report" in command && "decision" in command.report) return command.report.decision;
  }
  return null;
}
