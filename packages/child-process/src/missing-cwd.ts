// The system says ENOENT or ENOTDIR also where the folder that a command was to run in is not there, and names the
// command.

import { statSync } from "node:fs";

/** What the system said, with the cwd named where it is the cause; the error itself otherwise, and where it stays unknown. */
export function namingCwd(error: unknown, cwd: string | URL | undefined): unknown {
  const { code, errno, syscall, path, message } = (error ?? {}) as NodeJS.ErrnoException;
  if (cwd === undefined || !["ENOENT", "ENOTDIR"].includes(String(code)) || isFolder(cwd)) {
    return error;
  }
  const named = new Error(`${message}: its cwd is not there, or is no folder`, { cause: error });
  return Object.assign(named, { code, errno, syscall, ...(path === undefined ? {} : { path }) });
}

function isFolder(cwd: string | URL): boolean {
  try {
    return statSync(cwd).isDirectory();
  } catch {
    return false;
  }
}
