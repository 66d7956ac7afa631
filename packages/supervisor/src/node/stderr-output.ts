// Standard error that cannot stop its host. `console.error` waits for a terminal that is stopped (Ctrl-S),
// and everything with it; here only a thread of the pool waits, and lines are dropped meanwhile.

import { writeFile } from "node:fs";
import type { LogOptions } from "../console/log-events.js";
import { isTerminal, wantsColor } from "../console/surroundings.js";

const STDERR = 2;

/**
 * Where `logEvents` writes if nothing may stop the host: `logEvents(stderrOutput())`.
 *
 * Form and colour are those of `logEvents()`. Effect: lines go to standard error one after the other, by the
 * file system's thread pool: a terminal that is stopped, or a file system that hangs, takes one thread of it
 * and no time of the host; 256 lines are kept, and a line says how many were dropped. Edge: what is still
 * on its way when `process.exit()` is called is lost, and a host that ends by itself waits for it. It never
 * throws. Errors: a line that cannot be written counts as dropped.
 *
 * @since 0.1.0
 * @example
 * const onEvent = logEvents(stderrOutput()); // give it to supervise
 * typeof onEvent; // => "function"
 */
export function stderrOutput(): Required<Pick<LogOptions, "write" | "format" | "color">> {
  return {
    write: (line) => written(`${line}\n`),
    format: isTerminal() ? "text" : "json",
    color: wantsColor(),
  };
}

function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    writeFile(STDERR, text, (error) => (error ? reject(error) : resolve()));
  });
}
