// A composition under the name of its preset, with the preset's options in `describe`.

import type { Json, PolicyDescription, RestartPolicy } from "@steadfast/policy";

/** What a preset knows about its composition that the composition does not. */
export type Bounds = Pick<PolicyDescription, "limit" | "windowMs" | "capMs">;

/** A window this long never ends: no duration that matters. */
const FOREVER_MS = Number.MAX_SAFE_INTEGER - 1;

/** `policy`, called `name`. */
export function named<State>(
  name: string,
  options: { readonly [option: string]: Json },
  policy: RestartPolicy<State>,
  bounds: Bounds = {},
): RestartPolicy<State> {
  const timesMs = policy.describe.timesMs.filter((ms) => ms > 0 && ms < FOREVER_MS);
  return {
    name,
    describe: { kind: name, options, ...bounds, timesMs, members: [policy.describe] },
    wraps: policy,
    initial: () => policy.initial(),
    step: (state, event, now) => policy.step(state, event, now),
    parse: (raw, now) => policy.parse(raw, now),
    idle: (state, now) => policy.idle?.(state, now) ?? false,
  };
}
