// How a forked child gets the port that it shares: a descriptor in front of its channel, or only a word.

import { PolicyOptionsError } from "@steadfast/policy";
import { PLACE_VARIABLE } from "./port-place.js";
import { PLACE, type PlacedPort, type SharedPort } from "./shared-port.js";

/** What a child is started with. */
interface Given<Stdio> {
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: Stdio;
}

/** @throws PolicyOptionsError for what is no shared port. */
export function checkPort(owner: string, port: unknown): void {
  if (port === undefined || typeof placed(port)?.[PLACE] === "function") return;
  const hint = typeof port === "number" ? "sharedPort(number) takes it" : "";
  throw new PolicyOptionsError(owner, "port", "what sharedPort() returned", port, hint);
}

/** @throws PolicyOptionsError for a port that was closed. */
export function handOver<Stdio extends readonly unknown[]>(
  owner: string,
  port: SharedPort | undefined,
  { env, stdio }: Given<Stdio>,
): Given<[...Stdio, ...number[]]> {
  if (!port) return { env, stdio: [...stdio] };
  const place = placed(port)?.[PLACE]();
  if (!place) {
    throw new PolicyOptionsError(owner, "port", "a port that is not closed yet", port.port);
  }
  const isHanded = "fd" in place;
  const said = JSON.stringify(isHanded ? { fd: stdio.length } : place);
  const handed = isHanded ? [place.fd] : [];
  return { env: { ...env, [PLACE_VARIABLE]: said }, stdio: [...stdio, ...handed] };
}

function placed(port: unknown): PlacedPort | null {
  return port as PlacedPort | null;
}
