// One attempt: a call of the task, its signal, and who hears what.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { type Mailbox, mailbox } from "./mailbox.js";
import { StopRequestedError, type TaskStopReason } from "./stop-requested.js";
import type { Task, TaskContext } from "./task.js";
import { rejectionExit } from "./task-exit.js";

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
  #controller: AbortController | null = null;
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

  kill(): void {
    if (this.#isOver) return;
    this.#end({ kind: "abandoned" });
    this.#abort("kill");
  }

  send(message: unknown): void {
    if (!this.#isOver) this.#box.put(message);
  }

  get #box(): Mailbox<unknown> {
    this.#inbox ??= mailbox<unknown>(INBOX_LIMIT);
    return this.#inbox;
  }

  get #signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#stop) this.#controller.abort(this.#stop);
    }
    return this.#controller.signal;
  }

  #context(info: LaunchInfo): TaskContext {
    const signal = () => this.#signal;
    return {
      ...info,
      get signal() {
        return signal();
      },
      ready: () => this.#signals.put({ type: "ready" }),
      notReady: () => this.#signals.put({ type: "not-ready" }),
      heartbeat: () => this.#signals.put({ type: "heartbeat" }),
      onMessage: (listener) => {
        if (!this.#isOver) this.#box.listen(listener);
      },
    };
  }

  /** The first stop is the signal's reason. */
  #abort(reason: TaskStopReason): void {
    this.#stop ??= new StopRequestedError(reason);
    this.#controller?.abort(this.#stop);
  }

  /** The first end counts: an abandoned task may end once more, and nobody hears it. */
  #end(exit: Exit<Value>): void {
    this.#isOver = true;
    this.#settle(exit);
    this.#signals.close();
    this.#inbox?.close();
  }
}
