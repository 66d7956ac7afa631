// Where a stack listens for a second terminal: a socket in a folder that only its user can enter, named by the folder
// of the project, so that a second terminal finds it by itself.

import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CliError } from "../cli-error.js";

const PRIVATE = 0o700;
const OTHERS = 0o077;
const FAILED = 1;

/** The folder of all sockets of this user. */
export function socketFolder(env: NodeJS.ProcessEnv): string {
  const runtime = env.XDG_RUNTIME_DIR;
  return runtime ? join(runtime, "steadfast") : join(tmpdir(), `steadfast-${userInfo().uid}`);
}

/** The socket of a project. Short, since a path of a socket has little more than 100 characters. */
export function socketOf(project: string, env: NodeJS.ProcessEnv): string {
  const name = createHash("sha256").update(resolve(project)).digest("hex").slice(0, 16);
  return join(socketFolder(env), `${name}.sock`);
}

/** The sockets that a second terminal in `folder` may mean: those of the folder, and of each around it. */
export function socketsFrom(folder: string, env: NodeJS.ProcessEnv): readonly string[] {
  const sockets: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    sockets.push(socketOf(at, env));
    if (dirname(at) === at) return sockets;
  }
}

/**
 * Makes the folder, if it is not there.
 * @throws CliError for one that somebody else may enter, or has made.
 */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE });
  const { uid } = userInfo();
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === uid && (found.mode & OTHERS) === 0) return;
  throw new CliError(
    `others may enter ${folder}: it must be a folder of yours with mode 0700`,
    null,
    FAILED,
  );
}
