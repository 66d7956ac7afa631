// A log file that this process writes: pieces in, in order, and a new file when it is full. The rules of
// rotation are in `rotation.ts`.
//
// Writes are the pool's, one at a time, each with all that waits. A sink that is full holds its children back.
// What cannot be written (the disk is full) is dropped and told once, until something can be written again.
//
// A path may lead to a pipe or a terminal, which would make this process wait: for somebody who reads it when it is
// opened, for room when it is written. So it is opened in a mode that makes nobody wait, and what it does not take is
// tried again after 1, 2, 4, ... 64, 64 ms, for as long as somebody uses it.

import { close, constants, fstatSync, ftruncate, open, openSync, rename, writev } from "node:fs";
import { setTimeout as later } from "node:timers/promises";
import { promisify } from "node:util";
import { cutAt, type Limits, moves } from "./rotation.js";
import { MOST_WAITING, type Sink } from "./sink.js";
import { asBuffer } from "./stderr-tail.js";

/** How many bytes may wait before children are held back. */
const FULL = 262_144;

const LONGEST_WAIT_MS = 64;
const { O_APPEND, O_CREAT, O_NOCTTY, O_NONBLOCK, O_WRONLY } = constants;
const APPENDING = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY;

const closed = promisify(close);
const opened = promisify(open);
const renamed = promisify(rename);
const truncated = promisify(ftruncate);
const written = promisify(writev);

const FEED = 10;

/** A sink that is a file. */
export interface LogFile extends Sink {
  /** Settles when all that was given to it is written or dropped. */
  idle(): Promise<void>;
  /** Gives the file back, once all is written. */
  close(): void;
}

/** Opens a file at its end. Throws what the system refuses. */
export function logFile(path: string, limits: Limits, onFault: (error: unknown) => void): LogFile {
  let fd = openSync(path, APPENDING);
  const stat = fstatSync(fd);
  // A device or a pipe has no size, and is not ours to be moved away.
  const maxBytes = stat.isFile() ? limits.maxBytes : Number.POSITIVE_INFINITY;
  const { keep } = limits;
  let { size } = stat;
  let isLineStart = true;
  let waiting: Buffer[] = [];
  let bytes = 0;
  let rooms: (() => void)[] = [];
  let work: Promise<void> | null = null;
  let isFailing = false;
  let isClosed = false;

  /** Writes what it takes now, and waits where that is nothing. */
  async function taken(pieces: readonly Buffer[]): Promise<number> {
    for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return (await written(fd, pieces)).bytesWritten;
      } catch (error) {
        if (isClosed || (error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      }
      await later(waitMs, undefined, { ref: false });
    }
  }

  /** Writes all of them into the file that is open. */
  async function put(pieces: readonly Buffer[]): Promise<void> {
    for (let rest = pieces; rest.length > 0; ) {
      const bytesWritten = await taken(rest);
      size += bytesWritten;
      rest = without(rest, bytesWritten);
    }
    isLineStart = pieces.at(-1)?.at(-1) === FEED;
  }

  async function rotate(): Promise<void> {
    if (keep === 0) await truncated(fd, 0);
    else {
      for (const [from, to] of moves(path, keep)) await renamed(from, to).catch(unlessMissing);
      const next = await opened(path, APPENDING);
      await closed(fd);
      fd = next;
    }
    size = 0;
    isLineStart = true;
  }

  async function store(pieces: readonly Buffer[], length: number): Promise<void> {
    if (size + length <= maxBytes) return put(pieces);
    for (const piece of pieces) {
      for (let rest = piece; rest.length > 0; ) {
        const cut = cutAt(rest, size, isLineStart, maxBytes);
        if (cut > 0) await put([rest.subarray(0, cut)]);
        else await rotate();
        rest = rest.subarray(cut);
      }
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const pieces = waiting;
      const length = bytes;
      waiting = [];
      try {
        await store(pieces, length);
        isFailing = false;
      } catch (error) {
        if (!isFailing) onFault(error);
        isFailing = true;
      }
      bytes -= length;
      const free = rooms;
      rooms = [];
      for (const room of free) room();
    }
    work = null;
  }

  return {
    write(piece, room) {
      if (!room && bytes > MOST_WAITING) return true;
      const given = asBuffer(piece);
      if (given.length === 0) return true;
      waiting.push(given);
      bytes += given.length;
      const isFull = bytes >= FULL;
      if (isFull && room) rooms.push(room);
      work ??= run();
      return !isFull;
    },
    idle: () => work ?? Promise.resolve(),
    close() {
      isClosed = true;
      void (work ?? Promise.resolve()).then(() => close(fd, () => {}));
    },
  };
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** What is left of them after so many bytes. */
function without(pieces: readonly Buffer[], bytes: number): readonly Buffer[] {
  let left = bytes;
  for (const [i, piece] of pieces.entries()) {
    if (left < piece.length) return [piece.subarray(left), ...pieces.slice(i + 1)];
    left -= piece.length;
  }
  return [];
}
