// A limit that only fast crashes meet. A child that crashes at once is refused for good after some launches;
// one that lives a little longer is launched as often within the durations that the policy says matter, and
// goes on forever: its limit depends on how long the child lives, not on how often it is launched.
//
// What is made of known kinds only is not looked at: their limits count. Nor are lives that make a child
// healthy: to forgive those is what limits do.

import type { RestartPolicy } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { readRules } from "../simulate/rules.js";
import { simulate } from "../simulate/simulate.js";
import type { Finding } from "./finding.js";
import { livesOf } from "./lives.js";
import type { LintOptions } from "./options.js";
import { isKnownOrPredicate } from "./places.js";

const MOST_LAUNCHES = 5_000;

export function longLives(policy: RestartPolicy, rules: LintOptions): Finding | null {
  const { healthyAfterMs } = readRules("lint", rules);
  const { timesMs } = policy.describe;
  const forMs = Number.MAX_SAFE_INTEGER;
  if (isKnownOrPredicate(policy.describe)) return null;
  const fast = simulate(policy, { uptimeMs: 0, forMs, maxLaunches: MOST_LAUNCHES / 2 }, rules);
  const most = fast.launches.length;
  if (fast.end !== "refused" || most < 2) return null;
  const longestMs = Math.max(0, ...timesMs.filter(Number.isSafeInteger));
  const maxLaunches = 2 * most + 100;
  for (const lifeMs of livesOf(timesMs, healthyAfterMs)) {
    const { launches, refusals, end } = simulate(
      policy,
      { uptimeMs: lifeMs, forMs, maxLaunches },
      rules,
    );
    const withinMs = launches[most]?.at ?? 0;
    if (withinMs > longestMs) break;
    if (end !== "max-launches" || refusals.length > 0) continue;
    return {
      code: "limit-unreachable",
      severity: "warning",
      message: `${policy.name}: a child that crashes at once is refused for good after ${grouped(most)} launches; one that fails after ${grouped(lifeMs)} ms each time is launched ${grouped(most + 1)} times within ${grouped(withinMs)} ms, and ${grouped(maxLaunches)} times without a refusal`,
      numbers: { launches: most, lifeMs, withinMs },
      fix: "compose it with what counts launches, however long the child lived: slidingWindow({ limit, windowMs })",
      by: "simulation",
      path: [],
    };
  }
  return null;
}
