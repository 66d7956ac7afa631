// One attempt: a worker, what it says, and its one exit.
//
// Only the `exit` event ends it: a promise of `terminate` may never settle, and an `error` event comes
// first where there is one. A `messageerror` (a message that cannot be read on this side) is no end
// and no message, so nobody here listens to it; the owner of the worker may.

import type { MessagePort, Worker } from "node:worker_threads";
import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LiveChild, StopReason } from "@steadfast/supervisor";
import { signalBox } from "./signal-box.js";
import { heardFrom, type StopNote } from "./wire.js";
import { workerExit } from "./worker-exit.js";

/** Watches a worker that was started in this very turn. `entry` is the URL of its module, if known. */
export function liveWorker(worker: Worker, entry: string | null): LiveChild<undefined> {
  const signals = signalBox();
  const stopPorts: MessagePort[] = [];
  let stopReason: StopReason | null = null;
  let thrown: { readonly error: unknown } | null = null;
  let online = false;
  let killed = false;

  const askToStop = (port: MessagePort, reason: StopReason): void => {
    port.postMessage({ steadfast: "stop", reason } satisfies StopNote);
  };

  const exited = new Promise<Exit<undefined>>((resolve) => {
    worker.on("exit", (code) => {
      signals.close();
      resolve(workerExit({ code, online, killed, thrown, entry }));
    });
  });
  worker.on("online", () => {
    online = true;
  });
  worker.on("error", (error: unknown) => {
    thrown ??= { error }; // the first is the root cause
  });
  worker.on("message", (message: unknown) => {
    const heard = heardFrom(message);
    if ("type" in heard) return signals.put(heard);
    stopPorts.push(heard.port);
    if (stopReason !== null) askToStop(heard.port, stopReason);
  });

  return {
    exited,
    onSignal: (listener: (signal: ChildSignal) => void) => signals.listen(listener),
    requestStop(reason) {
      if (stopReason !== null) return;
      stopReason = reason;
      for (const port of stopPorts) askToStop(port, reason);
    },
    kill() {
      if (killed) return;
      killed = true;
      void worker.terminate();
    },
    send: (message) => worker.postMessage(message),
    abandon: () => worker.unref(),
  };
}
