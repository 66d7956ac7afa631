// The IPC channel of one child: what comes over it, and what is sent.

import type { ChildProcess, Serializable } from "node:child_process";
import { closeHandle } from "./close-handle.js";
import { ipcSignal } from "./ipc-signal.js";
import type { SignalBox } from "./signal-box.js";

/** What is to be done with what comes. */
export interface ChannelEnds {
  readonly box: SignalBox;
  /** Whether this package opened the channel, and nobody else can take a handle that comes with a message. */
  readonly ours: boolean;
  /** Called for every message. */
  readonly count: () => void;
  /** What goes wrong with a message before the exit. */
  readonly fault: (error: unknown) => void;
}

/** The channel to one child. */
export interface Channel {
  /** Passes a message on; only where there is a channel. */
  send(message: unknown): void;
  /** Listens no more. */
  close(): void;
}

/** Begins to listen. */
export function channel(child: ChildProcess, { box, ours, count, fault }: ChannelEnds): Channel {
  function onMessage(message: unknown, sent?: unknown): void {
    count();
    box.put(ipcSignal(message));
    if (ours && closeHandle(sent)) fault(new Error("the child sent a handle: it was closed"));
  }

  child.on("message", onMessage);
  return {
    send: (message) => void child.send(message as Serializable, (error) => error && fault(error)),
    close: () => void child.off("message", onMessage),
  };
}
