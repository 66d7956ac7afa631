// Takes the place of a socket. To listen is to make the file, which only one can; a file whose host is dead is moved
// aside first, and moved back if it turns out that a live one had taken the place in between.

import { chmodSync, linkSync, lstatSync, renameSync, rmSync } from "node:fs";
import { connect, type Server } from "node:net";
import { dirname } from "node:path";
import { CliError } from "../cli-error.js";
import { makePrivate } from "./place.js";

const OWN = 0o600;
const TRIES = 5;
const FAILED = 1;

/**
 * Settles when the server listens at `path`.
 * @throws CliError if somebody listens there already, or nobody may.
 */
export async function listenAt(server: Server, path: string): Promise<void> {
  makePrivate(dirname(path));
  for (let tries = 0; tries < TRIES; tries++) {
    const code = await listening(server, path);
    if (code === null) return chmodSync(path, OWN);
    if (code !== "EADDRINUSE")
      throw new CliError(`cannot listen at ${path} (${code})`, null, FAILED);
    await clearDead(path);
  }
  throw new CliError(`${path} is taken again and again`, null, FAILED);
}

/** The code of the error; null if it listens. */
function listening(server: Server, path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const failed = ({ code = "?" }: NodeJS.ErrnoException) => resolve(code);
    server.once("error", failed);
    server.listen(path, () => {
      server.off("error", failed);
      resolve(null);
    });
  });
}

/** Whether somebody answers there. */
export function isLive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      // Neither refused nor gone: somebody is there and busy.
      resolve(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}

/** @throws CliError where a host is alive. */
async function clearDead(path: string): Promise<void> {
  const taken = () =>
    new CliError(
      `a stack of this folder is running already (${path}); stop it, or name another --socket`,
      null,
      FAILED,
    );
  const seen = inodeOf(path);
  if (seen === null) return;
  if (await isLive(path)) throw taken();
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // somebody else was quicker
  }
  const moved = inodeOf(aside);
  if (moved !== seen) {
    linkSync(aside, path); // a live one, which came in between
    rmSync(aside);
    throw taken();
  }
  rmSync(aside);
}

function inodeOf(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
