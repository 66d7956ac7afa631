// `--ready port:3000`, `message`, `line:listening on`, `http:3000/health`, `http://...`: when a service counts as
// ready, in the words of a service.

import type { ServiceProbe, ServiceReadiness } from "@steadfast/bridges";
import { CliError } from "./cli-error.js";

export interface Ready {
  readonly readiness: ServiceReadiness;
  readonly probe?: ServiceProbe;
}

/** How often a port or a URL is looked at. */
const PERIOD_MS = 1_000;

const LOCAL = "127.0.0.1";

const ALLOWED = "port:3000, message, line:TEXT, http:3000/path or http://host:3000/path";

/** @throws CliError saying what is allowed there. `option` is what the text is called. */
export function readyOf(text: string, option: string): Ready {
  if (text === "message") return { readiness: { via: "message" } };
  const [, kind, rest = ""] = /^(port|line|https?):(.+)$/s.exec(text) ?? [];
  const check = kind === "line" ? null : checkOf(kind, rest);
  if (kind === "line") return { readiness: { via: "line", text: rest } };
  if (check === null) throw new CliError(`${option} must be ${ALLOWED}, got ${text}`);
  return { readiness: { via: "probe" }, probe: { check, for: "readiness", periodMs: PERIOD_MS } };
}

function checkOf(kind: string | undefined, rest: string): ServiceProbe["check"] | null {
  if (kind === "port") {
    const [, host, port] = /^(?:(.+):)?([0-9]{1,5})$/.exec(rest) ?? [];
    if (!isPort(port)) return null;
    return { tcp: Number(port), ...(host !== undefined && { host }) };
  }
  if (kind !== "http" && kind !== "https") return null;
  const short = /^([0-9]{1,5})(\/.*)?$/.exec(rest);
  if (short && isPort(short[1])) return { http: `${kind}://${LOCAL}:${rest}` };
  const url = `${kind}:${rest}`;
  return rest.startsWith("//") && URL.canParse(url) ? { http: url } : null;
}

const isPort = (text: string | undefined) => Number(text) >= 1 && Number(text) <= 65_535;
