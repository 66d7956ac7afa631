// One attempt: a call of the task, its signal, and who hears what.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import { mailbox } from "./mailbox.js";
import { StopRequestedError, type TaskStopReason } from "./stop-requested.js";
import type { Task } from "./task.js";
import { rejectionExit } from "./task-exit.js";

/** Messages that wait for a task that does not listen yet. */
const INBOX_LIMIT = 100;

export function liveTask<Value>(task: Task<Value>, info: LaunchInfo): LiveChild<Value> {
  const controller = new AbortController();
  const { signal } = controller;
  const signals = mailbox<ChildSignal>(Number.POSITIVE_INFINITY);
  const inbox = mailbox<unknown>(INBOX_LIMIT);

  let over = false;
  let settle: (exit: Exit<Value>) => void;
  const exited = new Promise<Exit<Value>>((resolve) => {
    settle = resolve;
  });

  // The first end counts: an abandoned task may end once more, and nobody hears it.
  const end = (exit: Exit<Value>): void => {
    over = true;
    settle(exit);
    signals.close();
    inbox.close();
  };

  const abort = (reason: TaskStopReason): void => {
    controller.abort(new StopRequestedError(reason)); // a second abort has no effect
  };

  Promise.resolve()
    .then(() => {
      signal.throwIfAborted();
      return task({
        ...info,
        signal,
        ready: () => signals.put({ type: "ready" }),
        notReady: () => signals.put({ type: "not-ready" }),
        heartbeat: () => signals.put({ type: "heartbeat" }),
        onMessage: inbox.listen,
      });
    })
    .then(
      (value) => end({ kind: "completed", value }),
      (error: unknown) => end(rejectionExit(error, signal)),
    );

  return {
    exited,
    onSignal: signals.listen,
    requestStop(reason) {
      if (!over) abort(reason);
    },
    kill() {
      if (over) return;
      end({ kind: "abandoned" });
      abort("kill");
    },
    send: inbox.put,
  };
}
