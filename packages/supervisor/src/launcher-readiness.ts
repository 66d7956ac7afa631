// Readiness and heartbeats are options of the supervision, and what says that a child is ready, or lives, options of its
// launcher. Here each knows of the other.

import type { Launcher } from "./launcher.js";
import type { SuperviseOptions } from "./options.js";
import type { PolicyFinding } from "./policy-finding.js";

/** The options, with the launcher's default for `readiness`. */
export function readinessOf<Options extends Pick<SuperviseOptions, "readiness">>(
  launcher: Launcher,
  options: Options,
): Options {
  if (launcher.saysReady !== true || options?.readiness !== undefined) return options;
  return { ...options, readiness: "explicit" };
}

interface Heard extends Pick<SuperviseOptions, "readiness" | "probe"> {
  readonly heartbeatTimeoutMs?: number | null;
}

/** A finding where nobody could ever say that the child is ready, or lives, and where nobody would listen. */
export function unsaid(launcher: Launcher, options: Heard): readonly PolicyFinding[] {
  return [readinessUnsaid(launcher, options), lifeUnsaid(launcher, options)].filter((one) => !!one);
}

function readinessUnsaid({ saysReady }: Launcher, { readiness, probe }: Heard) {
  if (saysReady === true && readiness === "immediate") return IGNORED;
  const asksForReadiness = probe !== undefined && probe.for !== "liveness";
  return saysReady === false && readiness === "explicit" && !asksForReadiness ? NEVER : null;
}

function lifeUnsaid({ saysAlive }: Launcher, { heartbeatTimeoutMs = null }: Heard) {
  if (saysAlive === undefined || saysAlive === (heartbeatTimeoutMs !== null)) return null;
  return saysAlive ? UNMISSED : NO_HEARTBEATS;
}

const NEVER: PolicyFinding = {
  code: "never-ready",
  severity: "warning",
  message:
    "readiness is explicit, and neither the launcher nor a probe can say that the child is ready",
  fix: "give the launcher readyWhen, or add a probe, or leave readiness out",
};

const IGNORED: PolicyFinding = {
  code: "readiness-ignored",
  severity: "warning",
  message: "the launcher says when its child is ready, and readiness is immediate: nobody listens",
  fix: "leave readiness out",
};

const NO_HEARTBEATS: PolicyFinding = {
  code: "no-heartbeats",
  severity: "warning",
  message:
    "heartbeatTimeoutMs is given, and the launcher has no way to hear a heartbeat of its child",
  fix: 'give the launcher heartbeat: "output", or add a probe, or leave heartbeatTimeoutMs out',
};

const UNMISSED: PolicyFinding = {
  code: "heartbeats-ignored",
  severity: "warning",
  message: "the launcher expects heartbeats, and without heartbeatTimeoutMs nobody misses them",
  fix: "give heartbeatTimeoutMs",
};
