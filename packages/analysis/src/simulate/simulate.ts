// The supervision that `supervise` carries out, in a virtual world: play.ts is all there is besides.

import {
  type Millis,
  type RestartPolicy,
  readArguments,
  readOptions,
  readPolicy,
} from "@steadfast/policy";
import {
  type RecycleOptions,
  type SupervisionOptions,
  supervisionOf,
  supervisionSettings,
} from "@steadfast/supervision";
import { Play } from "./play.js";
import { readRules, type SupervisionRules } from "./rules.js";
import type { Simulation } from "./simulation.js";
import { settle, type World } from "./world.js";

/**
 * The options of `supervise` that a simulation follows. A preset, or the options of `supervise`, can be
 * passed as they are: what has no meaning here is passed over.
 * @since 0.1.0
 */
export interface SimulationRules extends SupervisionRules {
  /** On a refusal for good: end, or hold until an order. Default `end`. */
  readonly onRefused?: "end" | "hold";
  /** An attempt is ended at this age, as `timed-out`: whole, from 0 to 2^53-1 ms. Default: at none. */
  readonly maxRunMs?: Millis;
  /** All attempts together end at this age, as a refusal for good: whole, from 0 to 2^53-1 ms. Default: at none. */
  readonly deadlineMs?: Millis;
  /** Planned restarts by age: free of the policy, and no failures. Default: none. */
  readonly recycle?: RecycleOptions;
}

const FOLLOWED = [
  "isFailure",
  "onNotYet",
  "onRefused",
  "operatorLaunches",
  "healthyAfterMs",
  "maxRunMs",
  "deadlineMs",
  "recycle",
] as const satisfies readonly (keyof SimulationRules)[];

/**
 * Plays a policy with a described child on virtual time: launches, refusals and downtime, as data.
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
  rules: SimulationRules = {},
): Simulation {
  readArguments("simulate", arguments, 3);
  readPolicy("simulate", "policy", policy);
  readRules("simulate", rules);
  const options: SupervisionOptions = { ...followed(rules), policy };
  const read = readOptions<SupervisionOptions>("simulate", options);
  const machine = supervisionOf(supervisionSettings(read, "simulate"), "simulate");
  return new Play(policy, machine, settle(world)).toTheEnd();
}

function followed(rules: SimulationRules): Partial<SupervisionOptions> {
  return Object.fromEntries(
    FOLLOWED.flatMap((name) => (rules[name] === undefined ? [] : [[name, rules[name]]])),
  );
}
