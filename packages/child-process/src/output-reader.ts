// Reads the output of one child: passes it on, keeps the stderr tail, looks for the line that means
// ready. Each piece is read once.

import type { Readable, Writable } from "node:stream";
import type { OutputName } from "./launcher-options.js";
import { lineSplitter } from "./line-splitter.js";
import { passOn } from "./pass-on.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { stderrTail } from "./stderr-tail.js";

/** What is being read of a child. */
export interface OutputReader {
  /** How many pieces have come. */
  received(): number;
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
 * @param hostStream where output is passed on to, as `settings` say; null for a factory's child, whose
 * output goes where the factory sends it.
 */
export function readOutput(
  child: OutputStreams,
  settings: ProcessSettings,
  hostStream: ((name: OutputName) => Writable) | null,
  onReady: () => void,
): OutputReader {
  const { readyWhen, onFault } = settings;
  const tail = stderrTail(settings.stderrTail, settings.redact);
  const closers: (() => void)[] = [];
  const releasers: (() => void)[] = [];
  let received = 0;
  let holdBack = true;
  let ready = readyWhen === undefined;

  function look(line: string, name: OutputName): void {
    if (ready || !readyWhen) return;
    try {
      ready = readyWhen(line, name) === true;
    } catch (error) {
      onFault(error);
    }
    if (ready) onReady();
  }

  function read(name: OutputName, keeps: boolean): void {
    const stream = child[name];
    if (!stream || !(keeps || readyWhen)) return;
    const target = settings[name] === "inherit" ? (hostStream?.(name) ?? null) : null;
    const lines = lineSplitter((line) => {
      if (keeps) tail.add(line);
      look(line, name);
    });
    const onData = (piece: Uint8Array | string) => {
      received += 1;
      if (target) passOn(piece, target, holdBack ? stream : null);
      if (keeps || !ready) lines.write(piece);
    };
    stream.on("data", onData);
    if (target) releasers.push(() => stream.resume());
    closers.push(() => {
      stream.off("data", onData);
      if (keeps) lines.end();
    });
  }

  read("stdout", false);
  read("stderr", settings.stderrTail > 0);

  return {
    received: () => received,
    holdBackNoMore() {
      holdBack = false;
      for (const release of releasers.splice(0)) release();
    },
    close() {
      ready = true; // an unfinished line says nothing
      for (const close of closers.splice(0)) close();
    },
    tail: () => tail.lines(),
  };
}
