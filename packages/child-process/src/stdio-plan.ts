// Which of a child's streams go through this process. A stream that nobody here reads is handed to
// the child itself, so that a terminal stays a terminal and no byte is copied.

import type { InputSettings } from "./input-options.js";
import type { Outlets } from "./outlets.js";
import type { OutputName } from "./output-options.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { readsAll } from "./ready-line.js";

/** How a stream of output is connected: a number is a descriptor of a file. */
type Connection = "pipe" | "inherit" | "ignore" | number;

/** What `spawn` and `fork` get as stdin, stdout, stderr and whatever follows. */
export type StdioPlan = [InputSettings["stdin"], Connection, Connection, ...InputSettings["stdio"]];

/**
 * Decides how a child's streams are connected: stdin as it is asked for; stdout is piped for `readyWhen`, for lines, and for
 * a file that is rotated; stderr for that and for the tail, which is read from a file where it goes to one.
 */
export function stdioPlan(settings: ProcessSettings, direct: Outlets["direct"]): StdioPlan {
  const { stdin, stdio } = settings.input;
  return [stdin, connection("stdout"), connection("stderr"), ...stdio];

  function connection(name: OutputName): Connection {
    const fd = direct[name];
    if (fd !== undefined) return fd;
    const { passesOn, line, prefix, file } = settings[name];
    const hasTail = name === "stderr" && settings.stderrTail > 0;
    const isRead = line || prefix !== undefined || file || hasTail || readsAll(settings);
    if (isRead) return "pipe";
    return passesOn ? "inherit" : "ignore";
  }
}
