// Readiness is an option of the supervision, and what says that a child is ready an option of its launcher. Here each
// knows of the other.

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

/** A finding where nobody could ever say that the child is ready, or nobody would listen. */
export function unsaid(
  { saysReady }: Launcher,
  { readiness, probe }: Pick<SuperviseOptions, "readiness" | "probe">,
): readonly PolicyFinding[] {
  if (saysReady === true && readiness === "immediate") return [IGNORED];
  const asksForReadiness = probe !== undefined && probe.for !== "liveness";
  return saysReady === false && readiness === "explicit" && !asksForReadiness ? [NEVER] : [];
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
