// What a test can see of processes and ports from outside.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";

/**
 * Whether a process lives. A zombie that nobody has reaped yet does not, unless one of its threads is
 * still going: then it holds on to its files and ports.
 */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /^[ZXx]/.test(fields[0] ?? "") ? Number(fields[17]) > 1 : true;
  } catch {
    return false;
  }
}

/** Waits until a process is gone. Of somebody else's there is no event, so this looks every turn. */
export async function gone(pid: number): Promise<void> {
  while (lives(pid)) await new Promise(setImmediate);
}

/** Binds a port and lets it go again. Rejects with EADDRINUSE while somebody holds it. */
export async function takePort(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
  await once(server, "close");
}
