// A delay that nothing but an operator brings down again. A child fails in a row until its delay grows no
// more, then is up for long and healthy, then fails once: it must not wait the longest delay.
//
// The policy is asked with one and the same draw, so that jitter does not blur it, and with fewer
// failures where it refuses before. What is made of known kinds only is not looked at: `backoff` forgets
// whenever it hears `healthy`, and a score fades by itself.

import type { RestartPolicy } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { simulate } from "../simulate/simulate.js";
import type { Finding } from "./finding.js";
import type { LintOptions } from "./options.js";
import { isKnownOrPredicate } from "./places.js";
import { withDraw } from "./with-draw.js";

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

export function noResetRule(policy: RestartPolicy, rules: LintOptions): Finding | null {
  if (isKnownOrPredicate(policy.describe)) return null;
  const longestMs = Math.min(YEAR_MS, Math.max(0, ...policy.describe.timesMs));
  const upMs = DAY_MS + 10 * longestMs;
  for (const failures of [64, 32, 16, 8, 4, 2]) {
    const world = {
      uptimeMs: [...Array<number>(failures).fill(0), upMs],
      forMs: Number.MAX_SAFE_INTEGER,
    };
    const { launches, refusals } = simulate(withDraw(policy, 0.5), world, rules);
    const firstMs = launches[1]?.delayMs ?? 0;
    const reachedMs = launches[failures]?.delayMs;
    const afterMs = launches[failures + 1]?.delayMs;
    if (reachedMs === undefined || afterMs === undefined || refusals.length > 0) continue;
    if (reachedMs <= firstMs || afterMs < reachedMs) return null;
    return {
      code: "no-reset-rule",
      severity: "warning",
      message: `after ${failures} failures in a row the delay is ${grouped(reachedMs)} ms, and a run of ${grouped(upMs)} ms forgives nothing: the next failure waits ${grouped(afterMs)} ms, where the first one waited ${grouped(firstMs)} ms`,
      numbers: { failures, firstMs, reachedMs, upMs, afterMs },
      fix: "forget on the fact `healthy`, or after an uptime, as resetAfterMs of backoff does",
      by: "simulation",
      path: [],
    };
  }
  return null;
}
