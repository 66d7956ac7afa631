// PostgreSQL refuses to run as root: there it runs as Debian's user `postgres`.

import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { POSTGRES_BIN } from "../tools.ts";
import { freePort } from "./free-port.ts";
import { type Server, serverOf } from "./server.ts";

/**
 * After a crash, what stands in its folder is brought to the disk by one call, not file by file: it takes connections again in a
 * fifth of a second, not in two, and what a commit promises is the same. PostgreSQL 14 and later, on Linux.
 */
const SOON_BACK = ["-c", "recovery_init_sync_method=syncfs"];

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

const idOf = (flag: string) =>
  Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout.trim());

function serverUser(): User {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/**
 * A PostgreSQL of this test; user and database are `postgres`. `durable`: a commit is on the disk. `patient`: it ends once
 * its last client has gone, so that no library that is about to go meets a closed connection.
 */
export async function startPostgres({ durable = false, patient = false } = {}): Promise<Server> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "postgres-"));
  chmodSync(dir, 0o755);
  const user = serverUser();
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid as number);
  const options = { ...user, cwd: "/" };
  const data = join(dir, "d");
  const made = spawnSync(
    join(POSTGRES_BIN, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-N", "--locale=C.UTF-8", "-E", "UTF8"],
    { ...options, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const place = ["-D", data, "-p", `${port}`, "-h", "127.0.0.1", "-k", dir];
  const program = {
    command: join(POSTGRES_BIN, "postgres"),
    args: [...place, ...(durable ? SOON_BACK : ["-c", "fsync=off"])],
    options,
    ready: /ready to accept connections/,
    crashSignal: "SIGQUIT",
    stopSignal: patient ? "SIGTERM" : "SIGINT",
  } as const;
  return serverOf(port, program, () => rmSync(dir, { recursive: true, force: true }));
}
