// Why a port cannot be had, in words: the system says it as a number.

import { getSystemErrorName } from "node:util";

/**
 * Why a port cannot be had. `taken`: somebody else has it. `privileged`: this user may not have it. `no-address`: this
 * machine has no such address. `unsupported`: this system or runtime cannot share a port in that way. `refused`: anything
 * else that the system says.
 * @since 0.1.0
 */
export type PortErrorReason = "taken" | "privileged" | "no-address" | "unsupported" | "refused";

const REASONS: Readonly<Record<string, PortErrorReason>> = {
  EADDRINUSE: "taken",
  EACCES: "privileged",
  EADDRNOTAVAIL: "no-address",
  EAFNOSUPPORT: "no-address",
  ENOTSUP: "unsupported",
  ENOPROTOOPT: "unsupported",
};

const WORDS: Readonly<Record<PortErrorReason, string>> = {
  taken: "somebody else has it",
  privileged: "this user may not have it",
  "no-address": "this machine has no such address",
  unsupported: "it cannot be shared in that way here",
  refused: "the system refuses",
};

/**
 * A port cannot be had. Thrown by `sharedPort`, which has taken nothing then. Its `cause` has the system's code, where the
 * system was asked.
 *
 * Fix: look at `reason`. `taken`: end who has the port, or take another; `privileged`: a port from 1 024, or the right
 * to have a lower one (`CAP_NET_BIND_SERVICE`, `net.ipv4.ip_unprivileged_port_start`); `no-address`: an address of this
 * machine; `unsupported`: leave `reusePort` out.
 *
 * @since 0.1.0
 */
export class PortError extends Error {
  readonly code = "ERR_PORT";
  /** Why it cannot be had. */
  readonly reason: PortErrorReason;
  /** The port that was asked for. */
  readonly port: number;
  /** The address that was asked for; null for every address. */
  readonly host: string | null;

  constructor(port: number, host: string | null, why: PortErrorReason | number) {
    const system = typeof why === "number" ? getSystemErrorName(why) : null;
    const reason = typeof why === "number" ? (REASONS[String(system)] ?? "refused") : why;
    const cause = system ? { cause: Object.assign(new Error(system), { code: system }) } : {};
    const where = host === null ? "" : ` of ${host}`;
    super(`port ${port}${where}: ${WORDS[reason]}${system ? ` (${system})` : ""}`, cause);
    this.name = "PortError";
    this.reason = reason;
    this.port = port;
    this.host = host;
  }
}
