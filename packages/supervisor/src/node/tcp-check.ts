// The only look at a port that there is: to connect. The listener sees a connection that ends at once.

import { connect } from "node:net";
import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import type { ProbeCheck, ProbeInfo } from "../prober.js";

/**
 * Looks at a child by its port: `probe: { check: tcpCheck(8080) }`.
 *
 * Decides: well if a connection is accepted, which is then closed without a byte; not well if it is refused, as while
 * the child does not listen yet. Period, time limit and how many failures count are the probe's. `port` is whole,
 * from 1 to 65 535, or a function that makes one for each look; `host` by default `127.0.0.1`. Effect: one
 * connection per look. Errors: `PolicyOptionsError` for a bad port; what a function makes wrong counts as not well.
 * Source: Kubernetes' `tcpSocket` probe.
 *
 * @since 0.1.0
 * @example
 * const check = tcpCheck(({ attempt }) => 8_080 + attempt);
 * typeof check; // => "function"
 */
export function tcpCheck(
  port: number | ((info: ProbeInfo) => number),
  host: string = "127.0.0.1",
): ProbeCheck {
  readArguments("tcpCheck", arguments, 2);
  if (typeof port !== "function" && !isPort(port)) {
    throw new PolicyOptionsError("tcpCheck", "port", "whole, from 1 to 65535, or a function", port);
  }
  if (typeof host !== "string" || host === "") {
    throw new PolicyOptionsError("tcpCheck", "host", "a text", host);
  }
  return (info, signal) => accepted(typeof port === "function" ? port(info) : port, host, signal);
}

function accepted(port: number, host: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (!isPort(port)) return resolve(false);
    const socket = connect({ port, host });
    const end = (isWell: boolean) => {
      signal.removeEventListener("abort", abort);
      socket.destroy();
      resolve(isWell);
    };
    const abort = () => end(false);
    signal.addEventListener("abort", abort);
    socket.once("connect", () => end(true)).on("error", abort);
  });
}

function isPort(port: unknown): boolean {
  return Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535;
}
