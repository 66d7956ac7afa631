// Restate's server looks up its newest release at each start, and no setting stops that: here it has a hosts file of its
// own, in a mount namespace of its own, so that it asks nobody but this machine.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNSHARE } from "../tools.ts";
import { freePort } from "./free-port.ts";
import { type Server, serverOf } from "./server.ts";

export interface RestateServer extends Server {
  /** Where it is asked: the port of its ingress. */
  readonly url: string;
  /** Where services are made known to it. */
  readonly adminUrl: string;
  /** Makes the services of an endpoint known. */
  register(endpointPort: number): Promise<void>;
}

/** The program itself: the package's own command is a process around it. */
function program(): string {
  const wrapper = createRequire(import.meta.resolve("@restatedev/restate-server/package.json"));
  return wrapper.resolve(`@restatedev/restate-server-linux-${process.arch}/bin/restate-server`);
}

/** A Restate of this test. What it acknowledged survives a crash. */
export async function startRestate(): Promise<RestateServer> {
  const [port, admin, node] = [await freePort(), await freePort(), await freePort()];
  const dir = mkdtempSync(join(tmpdir(), "restate-"));
  const hosts = join(dir, "hosts");
  writeFileSync(hosts, "127.0.0.1 localhost api.github.com\n");
  const own = ["--no-logo", "--node-name", "test", "--base-dir", join(dir, "data")];
  const place = ["--listen-mode", "tcp", "--bind-ip", "127.0.0.1", "--bind-port", `${node}`];
  const inside = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
  const server = await serverOf(
    port,
    {
      command: "unshare",
      args: [...UNSHARE, "sh", "-c", inside, "sh", hosts, program(), ...own, ...place],
      options: {
        cwd: dir,
        env: {
          PATH: process.env.PATH,
          DO_NOT_TRACK: "1",
          RESTATE_DISABLE_TELEMETRY: "true",
          RESTATE_LOG_DISABLE_ANSI_CODES: "true",
          RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${port}`,
          RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
          RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}/`,
          RESTATE_ADMIN__DISABLE_WEB_UI: "true",
          RESTATE_DEFAULT_NUM_PARTITIONS: "1",
          RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: "64 MiB",
        },
      },
      ready: /(?=.*admin-api-server)(?=.*http-ingress-server)(?=.*became Leader)/s,
      crashSignal: "SIGKILL",
      stopSignal: "SIGTERM",
    },
    () => rmSync(dir, { recursive: true, force: true }),
  );
  return {
    ...server,
    url: `http://127.0.0.1:${port}`,
    adminUrl: `http://127.0.0.1:${admin}`,
    async register(endpointPort) {
      const response = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ uri: `http://127.0.0.1:${endpointPort}`, force: true }),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    },
  };
}
