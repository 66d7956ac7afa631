// Runs in the worker before its own module: an error that nobody in the worker handles leaves it as a
// bounded copy, which the host can read whatever it was, and is reported before the worker's `exit` listeners
// run. Node would copy the error itself, and read it in the host outside any handler.
//
// It has no listener, so the worker's own see what they would see without it. It does nothing in a main
// thread, in a worker of a worker, and where no launcher of this package started the worker.

import { getHeapStatistics } from "node:v8";
import {
  getEnvironmentData,
  isMainThread,
  MessageChannel,
  parentPort,
  setEnvironmentData,
} from "node:worker_threads";
import { thrownNote, thrownOf } from "@steadfast/supervisor/answering";
import { isStandby } from "./standby-mark.js";
import { tellUnread } from "./unread.js";
import { PRELOADED, type Preloaded, type Threw, type Turn, type Turned } from "./wire.js";

/** What Node keeps for itself: whether `exit` listeners have run. */
interface Exiting {
  _exiting?: boolean;
}

type Emit = (this: NodeJS.Process, name: string | symbol, ...args: unknown[]) => boolean;

if (!isMainThread && getEnvironmentData(PRELOADED) === true) {
  setEnvironmentData(PRELOADED, undefined); // not for workers of this worker
  isStandby(); // nor is that
  answerTurns();
  tellUnread();
  const emit = process.emit as unknown as Emit;
  process.emit = function (this: NodeJS.Process, name: string | symbol, ...args: unknown[]) {
    if (name !== "uncaughtException") return Reflect.apply(emit, this, [name, ...args]);
    try {
      if (Reflect.apply(emit, this, [name, ...args])) return true;
    } catch (error) {
      throw copyOf(error); // a listener threw: Node runs no `exit` listeners then
    }
    const copy = copyOf(args[0]);
    exit();
    throw copy;
  } as typeof process.emit;
}

/** Says that the event loop turns when it is asked, after all that was said before. Keeps nothing alive. */
function answerTurns(): void {
  const { port1, port2 } = new MessageChannel();
  port1.on("message", (turn: Turn) => {
    const heap = turn === "heap" ? { bytes: getHeapStatistics().used_heap_size } : {};
    parentPort?.postMessage({ steadfast: "turned", turn, ...heap } satisfies Turned);
  });
  port1.unref();
  parentPort?.postMessage({ steadfast: "preloaded", port: port2 } satisfies Preloaded, [port2]);
}

/** Tells the host, and answers what the host is able to read. */
function copyOf(error: unknown): unknown {
  const note = thrownNote(error);
  parentPort?.postMessage({ steadfast: "threw", note } satisfies Threw);
  return thrownOf(note);
}

/** As Node does for an error that nobody handled. */
function exit(): void {
  const exiting = process as Exiting;
  if (exiting._exiting) return;
  exiting._exiting = true;
  process.exitCode = 1;
  try {
    process.emit("exit", 1);
  } catch {
    // The first error is the root cause.
  }
}
