// The log files that are open in this process, each once: several streams that go into one file share its
// size and its rotation.

import { resolve } from "node:path";
import { PolicyOptionsError } from "@steadfast/policy";
import { type LogFile, logFile } from "./log-file.js";
import type { Limits } from "./rotation.js";

interface Shared {
  readonly file: LogFile;
  readonly limits: Limits;
  users: number;
}

const files = new Map<string, Shared>();

/**
 * Opens a log file, or joins those who have it open. `close` gives it back.
 * @throws PolicyOptionsError if it is open with other limits. What the system refuses.
 */
export function openFile(
  owner: string,
  path: string,
  limits: Limits,
  onFault: (error: unknown) => void,
): LogFile {
  const place = resolve(path);
  const shared = files.get(place) ?? { file: logFile(place, limits, onFault), limits, users: 0 };
  const { maxBytes, keep } = shared.limits;
  if (maxBytes !== limits.maxBytes || keep !== limits.keep) {
    const allowed = `that of the others who write this file: maxBytes ${maxBytes}, keep ${keep}`;
    throw new PolicyOptionsError(owner, "file", allowed, limits);
  }
  shared.users++;
  files.set(place, shared);
  const { file } = shared;
  return {
    write: file.write,
    idle: file.idle,
    close() {
      if (--shared.users > 0) return;
      files.delete(place);
      file.close();
    },
  };
}
