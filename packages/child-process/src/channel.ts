// The IPC channel of one child: what comes over it, what is sent, and that it was closed.
//
// A process that dies closes its channel before its end can be seen, so a disconnect is news only if the child is
// still there a second later, and was not asked to end.

import type { ChildProcess, Serializable } from "node:child_process";
import type { ChildSignal } from "@steadfast/supervisor";
import { closeHandle } from "./close-handle.js";
import { ipcSignal, type MessageSignal } from "./ipc-signal.js";
import { promiseIn } from "./promise-in.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import type { SignalBox } from "./signal-box.js";

const DYING_MS = 1_000;

/** What is to be done with what comes. */
export interface ChannelEnds {
  readonly box: SignalBox;
  /** Whether this package opened the channel: else somebody who listens, too, may take a handle that comes with a message. */
  readonly ours: boolean;
  /** Called for every message. */
  readonly count: () => void;
  /** Whether the child was asked to end, or killed. */
  readonly isStopping: () => boolean;
  /** What goes wrong with a message before the exit. */
  readonly fault: (error: unknown) => void;
}

/** The channel to one child. */
export interface Channel {
  /** Passes a message on. False if nobody can hear it; `backlog` if more waits in the channel than should. */
  send(message: unknown): boolean | "backlog";
  /** Listens no more. */
  close(): void;
}

/** Begins to listen. */
export function channel(
  child: ChildProcess,
  { messageSignal }: Pick<ProcessSettings, "messageSignal">,
  ends: ChannelEnds,
): Channel {
  const { box, ours, count, fault } = ends;
  const own = messageSignal && atOnce(messageSignal);
  let timer: NodeJS.Timeout | undefined;

  /** What it means; a user's function that throws, or promises a word, has nothing to say of it. */
  function signalOf(message: unknown): ChildSignal {
    try {
      return ipcSignal(message, own);
    } catch (error) {
      fault(error);
      return { type: "message", message };
    }
  }

  function onMessage(message: unknown, sent?: unknown): void {
    count();
    box.put(signalOf(message));
    const isTaken = !ours && child.listenerCount("message") > 1;
    if (!isTaken && closeHandle(sent)) fault(new Error("the child sent a handle: it was closed"));
  }

  function onDisconnect(): void {
    timer = setTimeout(() => {
      if (!ends.isStopping()) box.put({ type: "disconnected" });
    }, DYING_MS);
    timer.unref();
  }

  // The first of all: who listens only once is still seen to listen.
  child.prependListener("message", onMessage).on("disconnect", onDisconnect);
  return {
    send(message) {
      if (!child.connected) return false;
      const flows = child.send(message as Serializable, (error) => error && fault(error));
      return flows || "backlog";
    },
    close() {
      clearTimeout(timer);
      child.off("message", onMessage).off("disconnect", onDisconnect);
    },
  };
}

function atOnce(own: MessageSignal): MessageSignal {
  return (message) => {
    const word = own(message);
    if (!promiseIn(word)) return word;
    throw new TypeError("messageSignal must answer at once, it returned a promise");
  };
}
