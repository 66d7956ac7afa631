// One attempt: a call of the task, its signal, and who hears what.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { realSystem } from "@steadfast/supervisor/alarm";
import { type Mailbox, mailbox } from "./mailbox.js";
import { StopRequestedError, type TaskStopReason } from "./stop-requested.js";
import type { Task, TaskContext } from "./task.js";
import { rejectionExit } from "./task-exit.js";
import { TaskSignal } from "./task-signal.js";

/** Messages that wait for a task that does not listen yet. */
const INBOX_LIMIT = 100;

export function liveTask<Value>(task: Task<Value>, info: LaunchInfo): LiveChild<Value> {
  return new LiveTask(task, info);
}

/** What the task may never ask for is made when it does: its signal, its inbox. */
class LiveTask<Value> implements LiveChild<Value> {
  readonly exited: Promise<Exit<Value>>;
  #settle!: (exit: Exit<Value>) => void;
  #isOver = false;
  #isKilled = false;
  /** Whether the supervisor has given it up, and waits for its end no more. */
  #isGivenUp = false;
  #signal: TaskSignal | null = null;
  #stop: StopRequestedError | null = null;
  #inbox: Mailbox<unknown> | null = null;
  readonly #signals = mailbox<ChildSignal>(Number.POSITIVE_INFINITY);

  constructor(task: Task<Value>, info: LaunchInfo) {
    this.exited = new Promise((resolve) => {
      this.#settle = resolve;
    });
    Promise.resolve()
      .then(() => {
        if (this.#stop) throw this.#stop;
        return task(this.#context(info));
      })
      .then(
        (value) => this.#end({ kind: "completed", value }),
        (error: unknown) => this.#end(rejectionExit(error, this.#stop)),
      );
  }

  onSignal(listener: (signal: ChildSignal) => void): void {
    this.#signals.listen(listener);
  }

  requestStop(reason: TaskStopReason): void {
    if (!this.#isOver) this.#abort(reason);
  }

  /**
   * Nobody hears it from now on. One turn of the event loop lies between asking and giving up, for a task
   * that obeys its signal.
   */
  kill(): void {
    if (this.#isOver || this.#isKilled) return;
    this.#isKilled = true;
    this.#signals.close();
    this.#inbox?.close();
    nextTurn(() => {
      if (!this.#isOver && !this.#isGivenUp) this.#end({ kind: "abandoned" });
    });
    this.#abort("kill");
  }

  abandon(): void {
    this.#isGivenUp = true;
  }

  send(message: unknown): boolean {
    return !this.#isKilled && !this.#isOver && this.#box.put(message);
  }

  get #box(): Mailbox<unknown> {
    this.#inbox ??= mailbox<unknown>(INBOX_LIMIT);
    return this.#inbox;
  }

  get #taskSignal(): TaskSignal {
    if (!this.#signal) {
      this.#signal = new TaskSignal();
      if (this.#stop) this.#signal.abort(this.#stop);
    }
    return this.#signal;
  }

  #context(info: LaunchInfo): TaskContext {
    const taskSignal = () => this.#taskSignal;
    return {
      ...info,
      get signal() {
        return taskSignal().signal;
      },
      ready: () => this.#signals.put({ type: "ready" }),
      notReady: () => this.#signals.put({ type: "not-ready" }),
      heartbeat: () => this.#signals.put({ type: "heartbeat" }),
      onMessage: (listener) => {
        if (!this.#isKilled && !this.#isOver) this.#box.listen(listener);
      },
    };
  }

  /** The first stop is the signal's reason. Throws what a listener of the task throws. */
  #abort(reason: TaskStopReason): void {
    if (this.#stop) return;
    this.#stop = new StopRequestedError(reason);
    this.#signal?.abort(this.#stop);
  }

  /** The first end counts: an abandoned task may end once more, and nobody hears it. */
  #end(exit: Exit<Value>): void {
    this.#isOver = true;
    this.#settle(exit);
    this.#signals.close();
    this.#inbox?.close();
  }
}

function nextTurn(callback: () => void): void {
  const { soon, set } = realSystem.timers;
  if (soon) soon(callback);
  else set(callback, 0);
}
