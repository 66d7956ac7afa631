// One attempt: a worker, what it says, and its one exit.
//
// Only the `exit` event ends it: a promise of `terminate` may never settle, and an `error` event comes
// first where there is one.

import type { MessagePort, Transferable, Worker } from "node:worker_threads";
import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LiveChild } from "@steadfast/supervisor";
import { outputTail, type TailSettings } from "./output-tail.js";
import { type SignalBox, signalBox } from "./signal-box.js";
import { stopPorts } from "./stop-ports.js";
import { turnPort } from "./turn-port.js";
import { heardFrom } from "./wire.js";
import { workerExit } from "./worker-exit.js";
import { workerRequests } from "./worker-requests.js";

/** What the launcher knows of the worker. */
export interface Known {
  /** The URL of its module; null for the worker of a factory. */
  readonly entry: string | null;
  /** Whether only the launcher can speak to it: it has ports of nobody else. */
  readonly isOurs: boolean;
  readonly tail: TailSettings;
  /** How often its event loop is asked for a sign of life; null for never. */
  readonly heartbeatEveryMs: number | null;
}

/** Where a thread's words go while it is a standby. */
export interface StandbyEar {
  readonly box: SignalBox;
  /** It waits for the word to begin, on this port. */
  waiting(port: MessagePort): void;
}

/** A worker, watched. */
export interface LiveWorker extends LiveChild<undefined> {
  /** It is an attempt from now on. */
  begin(): void;
  kill(): void;
  /** Asks for the size of its heap. `measured` is called with it, if it answers. */
  measure(measured: (bytes: number) => void): void;
}

/** Watches a worker that was started in this very turn. `standby`: where its words go until it begins. */
export function liveWorker(
  worker: Worker,
  known: Known,
  standby: StandbyEar | null = null,
): LiveWorker {
  const { entry, isOurs, tail, heartbeatEveryMs } = known;
  const signals = standby?.box ?? signalBox();
  const ports = stopPorts();
  const turns = turnPort(heartbeatEveryMs, () => signals.put({ type: "heartbeat" }));
  const lines = outputTail(worker, tail);
  let thrown: { readonly error: unknown } | null = null;
  let online = false;
  let killed = false;
  let spokenTo = !isOurs;
  let measured: (bytes: number) => void = () => {};
  const requests = workerRequests(worker);

  const unread = (lost: "request" | "answer", error: unknown): void => {
    signals.put({ type: "unreadable", error });
    requests.unread(lost);
  };

  const kill = (): void => {
    if (killed) return;
    killed = true;
    void worker.terminate();
  };

  const exited = new Promise<Exit<undefined>>((resolve) => {
    worker.on("exit", (code) => {
      signals.close();
      ports.close();
      turns.close();
      const exit = workerExit({ code, online, killed, thrown, entry });
      const stderrTail = lines(exit.kind !== "completed" && exit.kind !== "cancelled");
      resolve(stderrTail.length === 0 ? exit : { ...exit, stderrTail });
    });
  });
  worker.on("online", () => {
    online = true;
  });
  worker.on("error", (error: unknown) => {
    thrown ??= { error }; // the first is the root cause
  });
  worker.on("messageerror", (error: unknown) => unread("answer", error));
  /** Nobody in it can hear of a stop, so it is ended: once its event loop has turned, and still none listens. */
  const isDeaf = () => ports.isAsked && !ports.isHeard && !spokenTo;

  worker.on("message", (message: unknown) => {
    const heard = heardFrom(message);
    if ("type" in heard) {
      if (heard.type === "answer") requests.answered(heard.id);
      return signals.put(heard);
    }
    switch (heard.steadfast) {
      case "listening":
        return ports.add(heard.port);
      case "waiting":
        return standby?.waiting(heard.port);
      case "preloaded":
        turns.open(heard.port);
        if (isDeaf()) turns.ask("stop");
        return;
      case "turned":
        if (heard.turn === "pulse") turns.pulsed();
        else if (heard.turn === "heap") measured(heard.bytes ?? 0);
        else if (isDeaf()) kill();
        return;
      case "unread":
        return unread("request", heard.error);
      case "threw":
        thrown ??= { error: heard.error };
    }
  });

  return {
    exited,
    begin: turns.begin,
    measure(given) {
      measured = given;
      turns.ask("heap");
    },
    onSignal: (listener: (signal: ChildSignal) => void) => signals.listen(listener),
    requestStop(reason) {
      if (ports.ask(reason) && isDeaf()) turns.ask("stop");
    },
    kill,
    send(message, transferList = []) {
      spokenTo = true;
      worker.postMessage(message, transferList as Transferable[]);
    },
    ask(request) {
      spokenTo = true;
      requests.ask(request);
    },
    unask: requests.unask,
    abandon: () => worker.unref(),
    threadId: worker.threadId,
  };
}
