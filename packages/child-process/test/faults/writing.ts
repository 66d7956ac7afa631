import type { FaultGroup } from "./row.ts";

export const writing: FaultGroup = {
  heading: "Output",
  rows: [
    [
      "megabytes without a line end",
      "memory does not grow; of the line the end is kept",
      "output",
      "survives megabytes without a line end, and keeps what follows",
    ],
    [
      "a character in two pieces",
      "it is one character",
      "output",
      "puts characters together that were written in halves",
    ],
    [
      "a progress bar, then the error on the same line",
      "the error is a line of the tail",
      "faults",
      "a progress bar, then the error",
    ],
    [
      "the host's terminal is stopped (Ctrl-S)",
      "the child waits; the host hears, answers, and can end it",
      "outputs",
      "does not stop the host, which hears, answers, and ends its child",
    ],
    [
      "the host's stderr has no reader any more",
      "output is dropped, the tail is kept",
      "host",
      "survives that nobody reads its stderr, and still keeps the tail",
    ],
    [
      "the disk is full",
      "output is dropped, `onFault` hears of it once; the child goes on",
      "log-file",
      "says once that nothing can be written, and drops what would grow",
    ],
    [
      "an old log file cannot be moved",
      "likewise, until it can be",
      "log-file",
      "writes on where it stands if no new file can be made",
    ],
    [
      "a log file that is a device or a pipe",
      "it is written to, and never moved",
      "log-file",
      "rotates only a file: a device or a pipe has no size, and must not be moved away",
    ],
    [
      "a log file that is a pipe, and nobody reads it",
      "`spawn-failed`, ENXIO; if it is read no more, the child waits, and the host does not",
      "log-file",
      "does not wait for who reads a pipe, and goes on when that goes on",
    ],
    [
      "a gigabyte is written",
      "memory stays as it is, in every mode",
      "outputs",
      "memory does not grow with what is written",
    ],
    [
      "it closes stdout and stderr, and goes on",
      "it is supervised as before",
      "faults",
      "a child that closes its output",
    ],
    [
      "a factory's pipe that nobody reads",
      "a warning of Node's, `STEADFAST_UNREAD`",
      "input",
      "that nobody reads is a warning, once",
    ],
    [
      "a text on `stdin` that it does not read",
      "`onFault` hears of it: EPIPE",
      "input",
      "a text that the child does not read is a fault, and no more",
    ],
    [
      "bytes that are no UTF-8",
      "replacement characters in lines; files and the host's stream get the bytes",
      "faults",
      "bytes that are no text",
    ],
    [
      "a grandchild in a session of its own holds a pipe when the host wants to end",
      "the host ends",
      "host",
      "is not held by a pipe that a detached grandchild holds",
    ],
  ],
};
