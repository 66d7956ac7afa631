// Which of a child's streams go through this process. A stream that nobody here reads is handed to
// the child itself, so that a terminal stays a terminal and no byte is copied.

import type { ProcessSettings } from "./read-launcher-options.js";

/** What `spawn` and `fork` get as stdin, stdout and stderr. */
export type StdioPlan = ["ignore", "pipe" | "inherit" | "ignore", "pipe" | "inherit" | "ignore"];

/**
 * Decides how a child's streams are connected: stdin is empty; stdout is piped for `readyWhen`, stderr
 * for that and for the tail.
 */
export function stdioPlan(settings: ProcessSettings): StdioPlan {
  const { readyWhen, stderrTail, stdout, stderr } = settings;
  return ["ignore", readyWhen ? "pipe" : stdout, readyWhen || stderrTail > 0 ? "pipe" : stderr];
}
