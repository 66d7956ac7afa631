// A terminal, without ever waiting for it. Node writes to one synchronously, so that a terminal that takes
// nothing (Ctrl-S, a stalled ssh) would stop the host and everything in it. Here it is opened a second time,
// for us alone, in a mode that makes nobody wait; those who have it open already see nothing of that.
//
// What it does not take is tried again: at once, then after 1, 2, 4, ... 64, 64 ms. Nobody can ask the kernel
// from JavaScript when it has room. A thread of the pool would wait for it, too, but `process.exit` waits
// for the thread. What it refuses for another reason (it is gone) is dropped.

import { constants, openSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";
import { MOST_WAITING, type Sink } from "./sink.js";
import { asBuffer } from "./stderr-tail.js";

const LONGEST_WAIT_MS = 64;
const FLAGS = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const opened = new Map<number, Sink>();

/** The terminal behind a stream of the host; null if it is none, or cannot be opened again. */
export function terminalSink(stream: Writable): Sink | null {
  const { isTTY, fd } = stream as { isTTY?: boolean; fd?: number };
  // Somebody who has replaced `write` wants to see what is written.
  if (isTTY !== true || fd === undefined || Object.hasOwn(stream, "write")) return null;
  const sink = opened.get(fd) ?? openedAgain(fd);
  if (sink) opened.set(fd, sink);
  return sink;
}

function openedAgain(fd: number): Sink | null {
  for (const path of [`/proc/self/fd/${fd}`, "/dev/tty"]) {
    try {
      return patientSink(openSync(path, FLAGS));
    } catch {
      // Not Linux, or not our terminal.
    }
  }
  return null;
}

/** Writes to a descriptor that does not let anybody wait. It is ours. */
export function patientSink(fd: number): Sink {
  const waiting: Buffer[] = [];
  const rooms: (() => void)[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Writes what it takes. True if nothing is left. */
  function flush(): boolean {
    for (let piece = waiting[0]; piece; piece = waiting[0]) {
      const taken = taking(fd, piece);
      bytes -= taken;
      if (taken === piece.length) waiting.shift();
      else waiting[0] = piece.subarray(taken);
      if (taken === 0) return false;
    }
    return true;
  }

  function tryAgain(waitMs: number): void {
    timer = setTimeout(() => {
      timer = undefined;
      const before = bytes;
      const isDone = flush();
      if (!isDone) tryAgain(bytes < before ? 0 : Math.min(waitMs * 2 || 1, LONGEST_WAIT_MS));
      else for (const room of rooms.splice(0)) room();
    }, waitMs);
    timer.unref();
  }

  return {
    write(piece, room) {
      if (!room && bytes > MOST_WAITING) return true;
      const bytesOf = asBuffer(piece);
      waiting.push(bytesOf);
      bytes += bytesOf.length;
      if (timer === undefined && flush()) return true;
      if (room) rooms.push(room);
      if (timer === undefined) tryAgain(0);
      return false;
    },
  };
}

/** How many bytes it takes now; all if it is broken. */
function taking(fd: number, piece: Buffer): number {
  try {
    return writeSync(fd, piece);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EAGAIN" ? 0 : piece.length;
  }
}
