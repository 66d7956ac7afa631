// A port that several forked children listen on. The host binds a socket and hands its descriptor to each of them; it
// never listens itself, so it takes no connection away from them. The socket stays while the host has it: what waits
// in it when a child ends is answered by the others, or by the next attempt.
//
// With `reusePort` each child has a socket of its own, and the host's only reserves the number.

import net, { isIP } from "node:net";
import { constants } from "node:os";
import { readArguments, readOptions } from "@steadfast/policy";
import { PortError } from "./port-error.js";
import type { PortPlace } from "./port-place.js";

/**
 * How a port is shared.
 * @since 0.1.0
 */
export interface SharedPortOptions {
  /** An IP address of this machine. Default: every address, as with Node's `listen`. */
  readonly host?: string;
  /**
   * Whether each child has a socket of its own (SO_REUSEPORT), and the kernel distributes connections evenly. What waits in
   * the socket of a child that ends is lost then, unless `net.ipv4.tcp_migrate_req` is 1. Default false. Linux and FreeBSD,
   * Node 22.12 and from 23.1.
   */
  readonly reusePort?: boolean;
}

/**
 * A port that is held until it is closed.
 * @since 0.1.0
 */
export interface SharedPort extends Disposable {
  /** Its number. */
  readonly port: number;
  /** The address, as it was asked for; null for every address. */
  readonly host: string | null;
  /** Gives it back. Children that listen keep it until they end; none is launched with it any more. Idempotent. */
  close(): void;
}

/** What Node's `cluster` binds its sockets with. */
interface Socket {
  readonly fd: number;
  getsockname(name: { port?: number }): number;
  close(): void;
}
type Bind = (
  host: string | null,
  port: number,
  family: 4 | 6 | null,
  fd: number,
  flags?: number,
) => Socket | number;

const REUSE_PORT = 2; // UV_TCP_REUSEPORT

/** Where a child listens; null once the port was closed. Two copies of this module may meet. */
export const PLACE = Symbol.for("@steadfast/child-process/place");

/** A port that a launcher can hand to its children. */
export interface PlacedPort extends SharedPort {
  readonly [PLACE]: () => PortPlace | null;
}

/**
 * Takes a port for several forked children: `forkLauncher(module, args, { port })`, whose children listen on it by
 * `listen(server)` of `@steadfast/child-process/child`.
 *
 * Connections are taken by the child that the kernel wakes. While one child restarts the others answer; while there is none, connections
 * wait in the socket for the next attempt. Before the first child listens they are refused.
 * Effect: the port is taken from now until `close()`, or the end of the host. Does not keep the process alive.
 * Edge: a port that another host holds and on which nobody listens yet is not seen to be taken: then `listen` of a child rejects.
 * Errors: `PolicyOptionsError` for a bad port or option; `PortError` for one that cannot be had: taken, privileged, of no
 * address here, or not to be shared on this system (Windows).
 *
 * @since 0.1.0
 * @param port from 1 to 65 535; 0 takes a free one.
 * @example
 * const port = sharedPort(0, { host: "127.0.0.1" });
 * port.port > 0; // => true
 * port.close();
 */
export function sharedPort(port: number, options: SharedPortOptions = {}): SharedPort {
  readArguments("sharedPort", arguments, 2);
  const { host, reusePort } = settings(port, options);
  const socket = bound(port, host, reusePort);
  const name: { port?: number } = {};
  // That a port is taken may come out only now: then the socket has no name, or another.
  const error = socket.getsockname(name) || (port !== 0 && name.port !== port);
  if (error || !name.port) {
    socket.close();
    throw new PortError(port, host, -constants.errno.EADDRINUSE);
  }
  const { port: number } = name;
  const own: PortPlace = { port: number, ...(host === null ? {} : { host }), reusePort: true };
  const place = reusePort ? own : { fd: socket.fd };
  let isOpen = true;

  function close(): void {
    if (isOpen) socket.close();
    isOpen = false;
  }

  const shared: PlacedPort = {
    port: number,
    host,
    close,
    [Symbol.dispose]: close,
    [PLACE]: () => (isOpen ? place : null),
  };
  return shared;
}

function settings(port: number, options: SharedPortOptions) {
  const asked = readOptions("sharedPort", { port });
  asked.whole("port", { max: 65_535 });
  const read = readOptions<SharedPortOptions>("sharedPort", options);
  const isAddress = (value: unknown) => typeof value === "string" && isIP(value) !== 0;
  const host = read.checked<string | null>("host", "an IP address", isAddress, null);
  const isBoolean = (value: unknown) => typeof value === "boolean";
  const reusePort = read.checked("reusePort", "true or false", isBoolean, false);
  read.end();
  return { host, reusePort };
}

/** The bound socket; nobody listens on it. */
function bound(port: number, host: string | null, reusePort: boolean): Socket {
  const bind = (net as { _createServerHandle?: Bind })._createServerHandle;
  if (!bind || process.platform === "win32" || (reusePort && !hasReusePort())) {
    throw new PortError(port, host, "unsupported");
  }
  const family = host === null ? null : (isIP(host) as 4 | 6);
  const socket = bind(host, port, family, -1, ...(reusePort ? [REUSE_PORT] : []));
  if (typeof socket === "number") throw new PortError(port, host, socket);
  return socket;
}

/** Whether Node's own `listen` knows the option: an older one ignores it silently. */
function hasReusePort(version: string = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 22 ? minor >= 12 : major === 23 ? minor >= 1 : major > 23;
}
