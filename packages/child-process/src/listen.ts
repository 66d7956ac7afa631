// A child's side of a shared port.

import type { Server } from "node:net";
import { PolicyOptionsError } from "@steadfast/policy";
import { takePlace } from "./port-place.js";
import { say } from "./say.js";
import { trafficOf } from "./traffic.js";
import { whenActive } from "./when-active.js";

/**
 * Has a server listen on the port that the launcher of this process was given (`forkLauncher(module, args, { port })`), and
 * says that it is ready then. Settles when it listens.
 *
 * A standby waits here until it is needed, as at `whenActive()`. A process takes its port once: another server needs
 * one of its own.
 * Effect: `ready()`. Errors: rejects with the system's error, and with `PolicyOptionsError` where there is neither a shared port nor one
 * of its own.
 *
 * @since 0.1.0
 * @param port where it listens in a process that was given no port, so that the same program also runs by itself. Default: that is an
 * error.
 * @example
 * await listen(server, 8080);
 * process.once("SIGTERM", () => void drain(server));
 */
export async function listen(server: Server, port?: number): Promise<void> {
  if (typeof (server as Partial<Server> | null)?.listen !== "function") {
    throw new PolicyOptionsError(
      "listen",
      "server",
      "a server of node:http, node:https or node:net",
      server,
    );
  }
  const place = takePlace() ?? (port === undefined ? null : { port });
  if (!place) {
    const allowed = "given: the launcher of this process has no port for it";
    throw new PolicyOptionsError("listen", "port", allowed, port);
  }
  await whenActive();
  trafficOf(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(place, () => {
      server.off("error", reject);
      resolve();
    });
  });
  say("ready");
}
