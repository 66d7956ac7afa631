import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { type Server, serverOf } from "./server.ts";

/** A Redis of this test. `durable`: every write is in its log before it is acknowledged. */
export async function startRedis({ durable = false } = {}): Promise<Server> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "redis-"));
  const log = durable ? ["--appendonly", "yes", "--appendfsync", "always"] : ["--appendonly", "no"];
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", ...log, "--dir", dir];
  const program = {
    command: "redis-server",
    args,
    ready: /Ready to accept/,
    crashSignal: "SIGKILL",
    stopSignal: "SIGTERM",
  } as const;
  return serverOf(port, program, () => rmSync(dir, { recursive: true, force: true }));
}
