// Reads the output of one child: each piece is read once, and given to all who want it.

import type { Readable } from "node:stream";
import { type Hold, holdOn } from "./hold.js";
import { hostSink } from "./host-sink.js";
import type { Outlets } from "./outlets.js";
import { outputLines } from "./output-lines.js";
import type { OutputName } from "./output-options.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { readyLine } from "./ready-line.js";
import type { Sink } from "./sink.js";
import { LARGEST_TAIL, stderrTail } from "./stderr-tail.js";
import type { Taker } from "./taker.js";
import { wholeLines } from "./whole-lines.js";

/** What is being read of a child. */
export interface OutputReader {
  /** The child is gone: what is left is read at once, also if nobody takes it. */
  holdBackNoMore(): void;
  /**
   * Says nothing more of the child. Where somebody else still has one of its pipes (what it left behind),
   * that is read on, and keeps nobody alive: the other would die of a closed pipe.
   */
  close(): Leavings;
  /** The last lines of stderr, oldest first. */
  tail(): string[];
}

/** What is left when a child is over. */
export interface Leavings {
  /** The streams that are read on. */
  readonly left: ReadonlySet<unknown>;
  /** Settles when all that was read is in its files; null where there are none. */
  readonly stored: Promise<unknown> | null;
}

/** The streams of a child, as its `ChildProcess` has them. */
export interface OutputStreams {
  readonly stdout: Readable | null | undefined;
  readonly stderr: Readable | null | undefined;
}

/** A stream that is read. */
interface Reading {
  readonly hold: Hold;
  /** Whether it goes on without the child. */
  leave(): boolean;
}

/**
 * Starts reading.
 *
 * @param onPiece called for every piece that comes.
 * @param hostSinkOf where output is passed on to, if the settings say so.
 */
export function readOutput(
  child: OutputStreams,
  settings: ProcessSettings,
  outlets: Outlets,
  onPiece: () => void,
  onReady: () => void,
  hostSinkOf: (name: OutputName) => Sink = hostSink,
): OutputReader {
  const tail = stderrTail(settings.stderrTail, settings.redact);
  const ready = readyLine(settings, onReady);
  const all: { readonly stream: Readable; readonly reading: Reading }[] = [];

  function takers(name: OutputName, hold: Hold): Taker[] {
    const into = (sink: Sink): Taker => {
      const lines = wholeLines((bytes) => hold.give(sink, bytes));
      return { take: lines.write, end: lines.flush };
    };
    const file = outlets.files[name];
    const lines = outputLines(name, settings, outlets.info, ready, hold, hostSinkOf);
    const keepsTail = name === "stderr" && settings.stderrTail > 0;
    return [
      keepsTail && { take: tail.add, end() {} },
      settings[name].passesOn && into(hostSinkOf(name)),
      file && into(file),
      lines,
    ].filter((taker) => !!taker);
  }

  function start(name: OutputName): void {
    const stream = child[name];
    if (!stream) return missing(name);
    const hold = holdOn(stream);
    const given = takers(name, hold);
    if (given.length > 0 || settings.heartbeat === "output") {
      const isOurs = !settings.isFactory;
      all.push({ stream, reading: reading(stream, hold, given, isOurs, onPiece) });
    }
  }

  /** A factory's stream that goes elsewhere, or a child that never was. */
  function missing(name: OutputName): void {
    const { line, prefix, file } = settings[name];
    if (!settings.isFactory || (!line && prefix === undefined && !file)) return;
    settings.onFault(new Error(`${name} of the child is no pipe: it cannot be read along`));
  }

  start("stdout");
  start("stderr");
  return {
    holdBackNoMore() {
      for (const { reading } of all) reading.hold.letGo();
    },
    close() {
      ready.close(); // an unfinished line says nothing
      const left = all.filter(({ reading }) => reading.leave());
      const files = Object.values(outlets.files);
      const stored = files.length > 0 ? Promise.all(files.map((file) => file.idle())) : null;
      if (left.length === 0) outlets.close();
      else void Promise.all(left.map(({ stream }) => closed(stream))).then(outlets.close);
      return { left: new Set(left.map(({ stream }) => stream)), stored };
    },
    tail() {
      tail.add(outlets.stderrEnd(LARGEST_TAIL * settings.stderrTail));
      return tail.lines();
    },
  };
}

function reading(
  stream: Readable & { unref?(): void },
  hold: Hold,
  takers: readonly Taker[],
  isOurs: boolean,
  onPiece: () => void,
): Reading {
  const onData = (piece: Uint8Array | string) => {
    onPiece();
    for (const taker of takers) taker.take(piece);
  };
  const end = () => {
    for (const taker of takers) taker.end();
  };
  stream.on("data", onData);
  return {
    hold,
    leave() {
      end();
      if (!isOurs || stream.readableEnded || stream.destroyed) {
        stream.off("data", onData);
        return false;
      }
      hold.resume();
      stream.once("close", end);
      stream.unref?.();
      return true;
    },
  };
}

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => stream.once("close", resolve));
}
