// The last lines that a worker wrote, for its exit. Bounded: so many lines, each cut to its last 1 000
// characters, out of so many thousand bytes. Output goes where it went before; this only listens along,
// and not at all to a stream that is its owner's to read.

import type { Readable } from "node:stream";
import type { Worker } from "node:worker_threads";

const LINE_LENGTH = 1_000;

/** What stands for a line that `redact` failed on: the line itself might be secret. */
const WITHHELD = "[line withheld: redact failed]";

export interface TailSettings {
  /** How many lines; 0 for none. */
  readonly lines: number;
  readonly redact: ((line: string) => string) | null;
}

/** Answers the last lines, oldest first: of stderr, and where there are none and `orStdout`, of stdout. */
export type OutputTail = (orStdout: boolean) => readonly string[];

export function outputTail(worker: Worker, { lines, redact }: TailSettings): OutputTail {
  if (lines === 0) return () => [];
  const stderr = streamTail(worker.stderr, lines);
  const stdout = streamTail(worker.stdout, lines);
  return (orStdout) => {
    const written = stderr();
    const shown = written.length > 0 || !orStdout ? written : stdout();
    return redact ? shown.map((line) => redacted(line, redact)) : shown;
  };
}

/** Listens along where Node itself reads the stream. */
function streamTail(stream: Readable | null | undefined, lines: number): () => readonly string[] {
  const pieces: Buffer[] = [];
  let length = 0;
  const limit = lines * LINE_LENGTH;
  if (stream?.readableFlowing !== true) return () => [];
  stream.on("data", (piece: Buffer | string) => {
    const bytes = Buffer.from(piece).subarray(-limit);
    pieces.push(bytes);
    length += bytes.length;
    while (length - (pieces[0]?.length ?? 0) >= limit) length -= pieces.shift()?.length ?? 0;
  });
  return () => lastLines(Buffer.concat(pieces).toString(), lines);
}

/** A last line without its end counts; empty lines at the end do not. */
export function lastLines(text: string, count: number): readonly string[] {
  const trimmed = text.trimEnd();
  if (trimmed === "") return [];
  return trimmed
    .split(/\r?\n|\r/)
    .slice(-count)
    .map((line) => line.slice(-LINE_LENGTH));
}

function redacted(line: string, redact: (line: string) => string): string {
  try {
    const answer: unknown = redact(line);
    if (typeof answer === "string") return answer.slice(0, LINE_LENGTH);
    void Promise.resolve(answer).then(undefined, () => {}); // it may reject
  } catch {
    // As for an answer that is no text.
  }
  return WITHHELD;
}
