import type { RestartPolicy } from "@steadfast/policy";
import { readRules, type SupervisionRules } from "./rules.js";
import { Run } from "./run.js";
import type { Simulation } from "./simulation.js";
import { settle, type World } from "./world.js";

/**
 * What a policy makes of a described child: launches, refusals and downtime, as data.
 *
 * Pure: no clock, no timer, no chance but the seed's; the same arguments give the same answer. Unit:
 * milliseconds, from 0 on. Edges: what happens at exactly `forMs` is part of it; a child that ends at exactly
 * `healthyAfterMs` was not healthy. The policy starts from its initial state.
 * Errors: `PolicyOptionsError` for a world or a rule out of range; whatever the policy throws. A decision
 * that breaks the contract ends the simulation as `failed`, as it ends a supervision.
 *
 * @since 0.1.0
 * @param policy what is asked.
 * @param world the child, the horizon, the seed.
 * @param rules the options that `supervise` would get; a preset can be passed as it is. Default: its defaults.
 * @example
 * const policy = lifetimeCap({ restarts: 2 });
 * const { launches, end, downtimeMs } = simulate(policy, { uptimeMs: 50 });
 * launches.map(({ at }) => at); // => [0, 50, 100]
 * end; // => "refused"
 * downtimeMs; // => 0
 */
export function simulate(
  policy: RestartPolicy,
  world: World,
  rules: SupervisionRules = {},
): Simulation {
  return new Run(policy, settle(world), readRules("simulate", rules)).toTheEnd();
}
