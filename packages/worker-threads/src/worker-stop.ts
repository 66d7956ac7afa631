// The one wish of a supervisor to its worker: a stop.

import { MessageChannel, parentPort } from "node:worker_threads";
import type { StopReason } from "@steadfast/supervisor";
import { StopRequestedError } from "./stop-requested.js";
import type { Listening, StopNote } from "./wire.js";

let controller: AbortController | null = null;

/**
 * An AbortSignal that fires when this worker is asked to stop; its `reason` is a `StopRequestedError`.
 *
 * Always the same one. A stop that was asked before the first call fires it as well, soon after. It
 * does not keep the worker alive. Nothing ends the worker but the worker: it should finish, close what
 * keeps it alive, and end by itself. If it does not, the supervisor terminates it after a grace period.
 * In a program that is no worker it never fires. Errors: none.
 *
 * @since 0.1.0
 * @example
 * stopSignal().aborted; // false, until somebody asks
 */
export function stopSignal(): AbortSignal {
  controller ??= listen();
  return controller.signal;
}

/**
 * Calls the listener once when this worker is asked to stop; also, in a microtask, if it was already.
 * Returns what removes it. In a program that is no worker it is never called. Errors: none of its own;
 * what the listener throws is an uncaught error of the worker.
 *
 * @since 0.1.0
 * @example
 * onStop((reason) => console.log("asked to stop:", reason));
 */
export function onStop(listener: (reason: StopReason) => void): () => void {
  const signal = stopSignal();
  let wanted = true;
  const tell = () => {
    if (wanted) listener((signal.reason as StopRequestedError).reason);
  };
  if (signal.aborted) queueMicrotask(tell);
  else signal.addEventListener("abort", tell, { once: true });
  return () => {
    wanted = false;
    signal.removeEventListener("abort", tell);
  };
}

/** Sends the supervisor a port for its messages, and waits there without keeping the worker alive. */
function listen(): AbortController {
  const stopping = new AbortController();
  if (!parentPort) return stopping;
  const { port1, port2 } = new MessageChannel();
  port1.once("message", ({ reason }: StopNote) => stopping.abort(new StopRequestedError(reason)));
  port1.unref();
  parentPort.postMessage({ steadfast: "listening", port: port2 } satisfies Listening, [port2]);
  return stopping;
}
