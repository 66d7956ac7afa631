// Reads the output of one child: passes it on, keeps the stderr tail, looks for the line that means
// ready. Each piece is read once.

import type { Readable, Writable } from "node:stream";
import type { OutputName } from "./launcher-options.js";
import { lineSplitter } from "./line-splitter.js";
import { passOn } from "./pass-on.js";
import { promiseIn } from "./promise-in.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { stderrTail } from "./stderr-tail.js";

/** What is being read of a child. */
export interface OutputReader {
  /** The child is gone: what is left is read at once, also if the host's stream is full. */
  holdBackNoMore(): void;
  /** Reads no more, and gives the streams' listeners back. */
  close(): void;
  /** The last lines of stderr, oldest first. */
  tail(): string[];
}

/** The streams of a child, as its `ChildProcess` has them. */
export interface OutputStreams {
  readonly stdout: Readable | null | undefined;
  readonly stderr: Readable | null | undefined;
}

/**
 * Starts reading.
 *
 * @param onPiece called for every piece that comes.
 * @param hostStream where output is passed on to, if the settings say so.
 */
export function readOutput(
  child: OutputStreams,
  settings: ProcessSettings,
  onPiece: () => void,
  onReady: () => void,
  hostStream: (name: OutputName) => Writable = (name) => process[name],
): OutputReader {
  const { readyWhen, onFault } = settings;
  const tail = stderrTail(settings.stderrTail, settings.redact);
  const closers: (() => void)[] = [];
  const held: Readable[] = [];
  let holdBack = true;
  let looks = readyWhen !== undefined;

  function look(line: string, name: OutputName): void {
    try {
      if (!looks) return;
      const answer: unknown = readyWhen?.(line, name);
      const promise = promiseIn(answer);
      if (answer !== true && !promise) return;
      looks = false;
      if (promise) onFault(new TypeError("readyWhen must answer at once, it returned a promise"));
      else onReady();
    } catch (error) {
      onFault(error);
    }
  }

  function read(name: OutputName, keeps: boolean): void {
    const stream = child[name];
    if (!stream || !(keeps || looks)) return;
    const target = settings[name] === "inherit" && hostStream(name);
    const lines = lineSplitter((line) => {
      if (keeps) tail.add(line);
      look(line, name);
    });
    const onData = (piece: Uint8Array | string) => {
      onPiece();
      if (target) passOn(piece, target, holdBack ? stream : null);
      if (keeps || looks) lines.write(piece);
    };
    stream.on("data", onData);
    if (target) held.push(stream);
    closers.push(() => {
      stream.off("data", onData);
      lines.end();
    });
  }

  read("stdout", false);
  read("stderr", settings.stderrTail > 0);

  return {
    holdBackNoMore() {
      holdBack = false;
      for (const stream of held) stream.resume();
    },
    close() {
      looks = false; // an unfinished line says nothing
      for (const close of closers) close();
    },
    tail: tail.lines,
  };
}
