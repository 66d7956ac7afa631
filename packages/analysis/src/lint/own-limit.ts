// A policy of another kind that says `limit` in its description. It is put before children that live
// equally long each time: no time at all, just long enough to be healthy, as long as the times of the
// description, one less, one more, and halves of the longest of them.
//
// - With a `windowMs`, no window may hold more admissions than the limit.
// - Without one, a child that always fails must be refused at some time.

import type { RestartPolicy } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { mostInWindow } from "../simulate/most-in-window.js";
import { readRules } from "../simulate/rules.js";
import { simulate } from "../simulate/simulate.js";
import type { Finding } from "./finding.js";
import { livesOf } from "./lives.js";
import type { LintOptions } from "./options.js";
import { isKnown, type Place } from "./places.js";

const MOST_LAUNCHES = 10_000;

export function ownLimit(
  policy: RestartPolicy,
  { description, path }: Place,
  rules: LintOptions,
): Finding | null {
  const { kind, limit, windowMs, timesMs } = description;
  if (limit === undefined || isKnown(description)) return null;
  const maxLaunches = Math.min(2 * limit + 100, MOST_LAUNCHES);
  const { healthyAfterMs } = readRules("lint", rules);
  for (const lifeMs of livesOf([...timesMs, ...policy.describe.timesMs, healthyAfterMs + 1])) {
    const world = { uptimeMs: lifeMs, maxLaunches, forMs: Number.MAX_SAFE_INTEGER };
    const { launches, refusals } = simulate(policy, world, rules);
    const admitted = launches.map(({ admittedAt }) => admittedAt);
    const most = windowMs === undefined ? 0 : mostInWindow(admitted, windowMs);
    const common = { by: "simulation", path } as const;
    if (windowMs !== undefined && most > limit) {
      return {
        ...common,
        code: "limit-not-kept",
        severity: "error",
        message: `${kind}: of a child that lives ${grouped(lifeMs)} ms each time, ${grouped(most)} launches are admitted within ${grouped(windowMs)} ms, and the limit is ${grouped(limit)}`,
        numbers: { limit, windowMs, lifeMs, launches: most },
        fix: "count every launch in the window, however long the child lived",
      };
    }
    if (windowMs === undefined && launches.length > limit + 1 && refusals.length === 0) {
      return {
        ...common,
        code: "limit-unreachable",
        severity: "warning",
        message: `${kind}: a child that fails after ${grouped(lifeMs)} ms each time was launched ${grouped(launches.length)} times without a refusal, and the limit is ${grouped(limit)}`,
        numbers: { limit, lifeMs, launches: launches.length },
        fix: "compose it with what counts launches in a window: slidingWindow({ limit, windowMs })",
      };
    }
  }
  return null;
}
