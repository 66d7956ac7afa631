// Rules, one per file. Where the description says enough it is a proof, for kinds of this repository;
// else the policy is put before described children, and the finding says that.

import type { RestartPolicy } from "@steadfast/policy";
import { readRules, type SupervisionRules } from "../simulate/rules.js";
import { admissionsOnly } from "./admissions-only.js";
import { capBelowInitial } from "./cap-below-initial.js";
import type { Finding } from "./finding.js";
import { ifSeen } from "./if-seen.js";
import { longLives } from "./long-lives.js";
import { neverStarts } from "./never-starts.js";
import { noResetRule } from "./no-reset-rule.js";
import { ownLimit } from "./own-limit.js";
import { paceUnder } from "./pace.js";
import { isProved, placesOf } from "./places.js";
import { unbounded } from "./unbounded.js";
import { unreachable } from "./unreachable.js";

/**
 * What is questionable about a policy, before any child runs under it.
 *
 * | code | severity | what it means |
 * |---|---|---|
 * | `never-starts` | error | the first launch is refused for good |
 * | `hot-loop` | error | a child that crashes at once is launched over and over in one millisecond |
 * | `limit-not-kept` | error | a policy of your own admits more in its window than its description says |
 * | `endless-restarts` | warning | no request of a child that crashes for ever is ever refused |
 * | `limit-unreachable` | warning | the delays keep the limit out of reach, or lives that are a little longer do |
 * | `window-shorter-than-cycle` | warning | likewise, and a window is shorter than one restart takes |
 * | `bounds-admissions-only` | warning | a limit on launches that varying delays follow, so that it bounds admissions |
 * | `cap-below-initial` | warning | a cap below the first delay |
 * | `no-reset-rule` | warning | a long healthy run does not bring the delay down |
 *
 * Pure. Each finding says whether it follows from the description or was seen in a simulation. No finding
 * means that none of these was proved or seen. Edges: exactly as long as needed is enough; a finding's
 * fix, applied, makes that finding go away.
 * Errors: `PolicyOptionsError` for bad rules; whatever the policy throws.
 *
 * @since 0.1.0
 * @param policy what is looked at.
 * @param rules what `supervise` would be told; a preset can be passed as it is. Default: its defaults.
 * @returns the errors first, then the warnings.
 * @example
 * lint(allOf())[0]?.code; // => "hot-loop"
 * lint(lifetimeCap({ restarts: 5 })); // => []
 */
export function lint(policy: RestartPolicy, rules: SupervisionRules = {}): readonly Finding[] {
  const { healthyAfterMs } = readRules("lint", rules);
  const { describe } = policy;
  const places = placesOf(describe);
  const proved = isProved(describe);
  const pace = paceUnder(describe, healthyAfterMs);
  const never = neverStarts(policy);
  const out = places
    .map((place) => unreachable(place, pace))
    .map((finding) => (finding && !proved ? ifSeen(finding, policy, rules) : finding))
    .filter((finding) => finding !== null);

  const simulated = () => [
    unbounded(policy, places, out, rules),
    noResetRule(policy, rules),
    longLives(policy, rules),
    ...places.map((place) => ownLimit(policy, place, rules)),
  ];
  const findings = [
    never,
    ...out,
    ...(never ? [] : simulated()),
    ...(proved ? places.map(admissionsOnly) : []),
    ...places.map(capBelowInitial),
  ].filter((finding) => finding !== null);
  const rank = ({ severity }: Finding) => (severity === "error" ? 0 : 1);
  return findings.sort((one, other) => rank(one) - rank(other));
}
