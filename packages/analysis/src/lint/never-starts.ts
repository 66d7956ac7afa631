import type { RestartPolicy } from "@steadfast/policy";
import { explain } from "../explain/explain.js";
import type { Finding } from "./finding.js";
import { isKnown } from "./places.js";

/** A first request that is refused for good: no child will ever run. */
export function neverStarts(policy: RestartPolicy): Finding | null {
  const start = { type: "launch", cause: "start", draw: 0.5, wall: 0 } as const;
  const { decision, decidedBy } = explain(policy, policy.initial(), start, 0);
  if (decision.type !== "refuse" || decision.retryAfterMs !== null) return null;
  return {
    code: "never-starts",
    severity: "error",
    message: `${decidedBy.name}: the first launch is refused for good, as ${decision.reason}`,
    numbers: {},
    fix:
      decidedBy.kind === "slidingWindow"
        ? `set limit to at least 1, or limitZero to "run-once" or "unlimited"`
        : "let requests of the cause start pass",
    by: isKnown(policy.describe) ? "proof" : "simulation",
    path: decidedBy.path,
  };
}
