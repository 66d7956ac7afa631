// Services as a configuration: the way back of service-of.ts. A law of the tests: read again, it is the same services. What a
// configuration has no word for is reported.

import type { Finding, Service, ServiceProbe } from "@steadfast/bridges";
import type { ChildConfig, ProbeConfig } from "./stack.js";

export interface Configured {
  readonly config: { readonly children: { readonly [id: string]: ChildConfig } };
  readonly dropped: readonly Finding[];
}

export function configOf(services: readonly Service[]): Configured {
  const dropped: Finding[] = [];
  const children = services.map((service) => {
    const { config, findings } = childOf(service);
    dropped.push(...findings);
    return [service.id, config] as const;
  });
  return { config: { children: Object.fromEntries(children) }, dropped };
}

function childOf(service: Service): { config: ChildConfig; findings: readonly Finding[] } {
  const { id, command, args = [], shell, readiness, probe, ...same } = service;
  const { via, text, timeoutMs } = readiness ?? {};
  const isLooked = via === "probe" && probe !== undefined;
  const findings: Finding[] = [];
  if (via === "probe" && !probe) {
    findings.push({ kind: "dropped", part: `${id}.readiness`, message: "nothing is looked at" });
  }
  const config: ChildConfig = {
    command: shell ? command : wordsOf([command, ...args]),
    ...(shell && { shell }),
    ...same,
    ...(via === "line" && { ready: `line:${text}` }),
    ...(via === "message" && { ready: "message" }),
    ...(timeoutMs !== undefined && (via !== "probe" || isLooked) && { readyTimeoutMs: timeoutMs }),
    ...(probe && { probe: probeConfig(probe, isLooked) }),
  };
  return { config, findings };
}

/** One text where a shell would split it into the same words, which reads better; else a list. */
function wordsOf(words: readonly string[]): string | readonly string[] {
  return words.every((word) => /^[\w@%+=:,./-]+$/.test(word)) ? words.join(" ") : words;
}

function probeConfig({ check, for: of, ...rest }: ServiceProbe, isLooked: boolean): ProbeConfig {
  return { check: checkConfig(check), for: of ?? (isLooked ? "both" : "liveness"), ...rest };
}

function checkConfig(check: ServiceProbe["check"]): ProbeConfig["check"] {
  if ("http" in check) return check.http;
  if ("tcp" in check) return `port:${check.host === undefined ? "" : `${check.host}:`}${check.tcp}`;
  const { command, args = [], shell } = check;
  return { command: shell ? ["/bin/sh", "-c", command, ...args] : [command, ...args] };
}
