// What one attempt's output needs besides its pipes, opened before the child is started: a file that cannot be
// opened is a refusal to start it. A file that nobody here has to read along with is the child's own: no
// byte is copied, and it outlives this process.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { LogFile } from "./log-file.js";
import { openFile } from "./open-files.js";
import type { OutputName } from "./output-options.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { readsAll } from "./ready-line.js";

/** What an attempt's output goes to. */
export interface Outlets {
  /** Descriptors that the child is given as they are. */
  readonly direct: { readonly [Name in OutputName]?: number };
  /** Files that this process writes. */
  readonly files: { readonly [Name in OutputName]?: LogFile };
  /** Which attempt it is. */
  readonly info: LaunchInfo;
  /** The end of what the child has written to a stderr of its own, at most so many bytes. */
  stderrEnd(bytes: number): Buffer;
  /** The child has been started: it has its descriptors. */
  handedOver(): void;
  /** Nothing comes any more. */
  close(): void;
}

type Mutable<Of> = { -readonly [Key in keyof Of]: Of[Key] };

const GROWS = { maxBytes: Number.POSITIVE_INFINITY, keep: 0 };

/** Whether a stream goes to a file of the child's own. */
export function isDirect(settings: ProcessSettings, name: OutputName): boolean {
  const { line, prefix, file } = settings[name];
  if (settings.isFactory || readsAll(settings) || !file || file.limits) return false;
  return !line && prefix === undefined;
}

/** Opens what the settings ask for. Throws what the system refuses. */
export function outlets(owner: string, settings: ProcessSettings, info: LaunchInfo): Outlets {
  const direct: Mutable<Outlets["direct"]> = {};
  const files: Mutable<Outlets["files"]> = {};
  let stderr = null as { readonly fd: number; readonly from: number } | null;

  function open(name: OutputName): void {
    const { file } = settings[name];
    if (!file) return;
    const path = file.path(info);
    if (!isDirect(settings, name)) {
      files[name] = openFile(owner, path, file.limits ?? GROWS, settings.onFault);
      return;
    }
    const fd = openSync(path, "a+");
    direct[name] = fd;
    if (name === "stderr" && settings.stderrTail > 0) stderr = { fd, from: fstatSync(fd).size };
  }

  function handedOver(): void {
    for (const fd of Object.values(direct)) if (fd !== stderr?.fd) closeSync(fd);
    delete direct.stdout;
    delete direct.stderr;
  }

  function close(): void {
    handedOver();
    for (const file of Object.values(files)) file.close();
    delete files.stdout;
    delete files.stderr;
    if (stderr) closeSync(stderr.fd);
    stderr = null;
  }

  try {
    open("stdout");
    open("stderr");
  } catch (error) {
    close();
    throw error;
  }
  return {
    direct,
    files,
    info,
    stderrEnd: (bytes) => (stderr ? endOf(stderr.fd, stderr.from, bytes) : Buffer.alloc(0)),
    handedOver,
    close,
  };
}

/** The end of a file from a place on; all of it if it was cut since. */
function endOf(fd: number, from: number, bytes: number): Buffer {
  const { size } = fstatSync(fd);
  const start = Math.max(size < from ? 0 : from, size - bytes);
  const end = Buffer.alloc(Math.max(0, size - start));
  return end.subarray(0, readSync(fd, end, 0, end.length, start));
}
