// What process 1 of a container has to do, and this one does not: said once, at the start.

import type { LogFormat } from "./event-lines.js";

const MESSAGE =
  "this is process 1: signals and exit codes are passed on, but processes that lose their parent are not reaped; start the container with an init, such as docker run --init";

/** The line; null where it is not process 1. */
export function pidOneLine(pid: number, format: LogFormat, at: Date): string | null {
  if (pid !== 1) return null;
  if (format === "text") return `steadfast: ${MESSAGE}`;
  return JSON.stringify({
    time: at.toISOString(),
    level: "warn",
    event: "process-1",
    message: MESSAGE,
  });
}
