// Rules, one per file. Where the description says enough it is a proof, for kinds of this repository;
// else the policy is put before described children, and the finding says that.

import { type RestartPolicy, readArguments, readPolicy } from "@steadfast/policy";
import { readRules } from "../simulate/rules.js";
import { admissionsOnly } from "./admissions-only.js";
import { capBelowInitial } from "./cap-below-initial.js";
import { crashLoop } from "./crash-loop.js";
import type { Finding } from "./finding.js";
import { longLives } from "./long-lives.js";
import { neverStarts } from "./never-starts.js";
import { noResetRule } from "./no-reset-rule.js";
import type { LintOptions } from "./options.js";
import { outOfReach } from "./out-of-reach.js";
import { ownLimit } from "./own-limit.js";
import { paceUnder } from "./pace.js";
import { isProved, type Place, placesOf } from "./places.js";
import { seconds, secondsOfRules } from "./seconds.js";
import { unbounded } from "./unbounded.js";
import { unreachable } from "./unreachable.js";
import { withoutEffect } from "./without-effect.js";

/**
 * Finds what is questionable about a policy, before any child runs under it.
 *
 * | code | severity | what it means |
 * |---|---|---|
 * | `never-starts` | error | the first launch is refused for good |
 * | `hot-loop` | error | a child that crashes at once is launched over and over in one millisecond |
 * | `limit-not-kept` | error | a policy of your own admits more in its window than its description says |
 * | `seconds-for-milliseconds` | warning | a duration, of the policy or of `supervise`, that looks like seconds |
 * | `limit-unreachable` | warning | a limit cannot be reached, because of the delays before it or because of slightly longer lives |
 * | `window-shorter-than-cycle` | warning | a limit cannot be reached, since its window is no longer than one restart takes |
 * | `endless-restarts` | warning | nothing limits a child that crashes forever, and nothing was meant to |
 * | `bounds-admissions-only` | warning | a limit on launches that varying delays follow, so that it bounds admissions |
 * | `cap-below-initial` | warning | a cap below the first delay |
 * | `option-without-effect` | warning | an option that does nothing beside the others |
 * | `no-reset-rule` | warning | a long healthy run does not bring the delay down |
 *
 * Pure. Each finding says whether it follows from the description, was seen in a simulation (of up to 10 100
 * launches of a child that crashes at once), or is a guess. A consequence is not reported beside its cause. No
 * finding means that none of these was proved, seen or guessed. Unit: milliseconds, for the guesses are about
 * them. Edges: exactly as long as needed is enough; a finding's fix, applied, makes that finding go away.
 * Errors: `PolicyOptionsError` for bad rules and for what is no policy; whatever the policy throws.
 *
 * @since 0.1.0
 * @param policy what is looked at.
 * @param rules the options that `supervise` would get; a preset can be passed as it is. Default: its defaults.
 * @returns the errors first, then the warnings.
 * @example
 * lint(allOf())[0]?.code; // => "hot-loop"
 * lint(lifetimeCap({ restarts: 5 })); // => []
 */
export function lint(policy: RestartPolicy, rules: LintOptions = {}): readonly Finding[] {
  readArguments("lint", arguments, 2);
  readPolicy("lint", "policy", policy);
  const { healthyAfterMs } = readRules("lint", rules);
  const { describe } = policy;
  const places = placesOf(describe);
  const never = neverStarts(policy);
  const limits = never ? [] : limitFindings(policy, places, rules, healthyAfterMs);
  const isInReach = ({ path }: Place) => !limits.some((one) => one.path.join() === path.join());
  const findings = [
    never,
    secondsOfRules(rules),
    ...places.map(seconds),
    ...limits,
    ...(never ? [] : [noResetRule(policy, rules)]),
    ...(isProved(describe) ? places.filter(isInReach).map(admissionsOnly) : []),
    ...places.map(capBelowInitial),
    ...withoutEffect(describe),
  ].filter((finding) => finding !== null);
  const rank = ({ severity }: Finding) => (severity === "error" ? 0 : 1);
  return findings.sort((one, other) => rank(one) - rank(other));
}

/** What is wrong with each limit; where nothing is, whether anything bounds a child that crashes forever. */
function limitFindings(
  policy: RestartPolicy,
  places: readonly Place[],
  rules: LintOptions,
  healthyAfterMs: number,
): readonly Finding[] {
  const pace = paceUnder(policy.describe, healthyAfterMs);
  const loop = crashLoop(policy, places, rules);
  const each = places.flatMap((place) => {
    const proof = isProved(policy.describe) ? unreachable(place, pace, loop) : null;
    return proof ?? ownLimit(policy, place, rules) ?? outOfReach(place, loop) ?? [];
  });
  if (each.length > 0) return each;
  return [unbounded(policy, places, loop) ?? longLives(policy, rules) ?? []].flat();
}
