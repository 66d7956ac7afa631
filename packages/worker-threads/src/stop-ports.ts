// The ports on which a worker hears of a stop: one for each copy of the worker's side that listens. Only the
// newest are kept: a worker that asks over and over costs no more.

import type { MessagePort } from "node:worker_threads";
import type { StopReason } from "@steadfast/supervisor";
import type { StopNote } from "./wire.js";

const MOST = 8;

export interface StopPorts {
  /** Whether anybody in the worker listens. */
  readonly isHeard: boolean;
  /** Whether a stop was asked for. */
  readonly isAsked: boolean;
  /** Keeps a port; one that comes after the stop gets it at once. */
  add(port: MessagePort): void;
  /** Tells all, and those that come later. False if that was done before. */
  ask(reason: StopReason): boolean;
  close(): void;
}

export function stopPorts(): StopPorts {
  let ports: MessagePort[] = [];
  let asked: StopReason | null = null;
  const tell = (port: MessagePort, reason: StopReason) =>
    port.postMessage({ steadfast: "stop", reason } satisfies StopNote);
  return {
    get isHeard() {
      return ports.length > 0;
    },
    get isAsked() {
      return asked !== null;
    },
    add(port) {
      ports.push(port);
      if (ports.length > MOST) ports.shift()?.close();
      if (asked !== null) tell(port, asked);
    },
    ask(reason) {
      if (asked !== null) return false;
      asked = reason;
      for (const port of ports) tell(port, reason);
      return true;
    },
    close() {
      for (const port of ports) port.close();
      ports = [];
    },
  };
}
