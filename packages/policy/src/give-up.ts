import { readArguments } from "./read-arguments.js";
import { readPolicy } from "./read-policy.js";
import { type RestartPolicy, refuse } from "./restart.js";

/**
 * Makes every "not yet" of a policy a "never": a limit that is reached ends the child, instead of
 * making it wait.
 *
 * Decides: what `policy` decides, except the hint of a refusal, which becomes null; the reason stays.
 * Doing it twice is doing it once. Units, range, defaults, edges: those of `policy`.
 * Effect on state: that of `policy`; the refuser's step is kept. The state is the policy's own, so
 * that it can be read back with and without `giveUp`. Errors: `PolicyOptionsError` for what is no policy, and for a
 * second argument; those of `policy`.
 * Source: OTP's restart intensity, epics-base `TooManyRestarts`, systemd's start limit: too many ends
 * it.
 *
 * @since 0.1.0
 * @example
 * const policy = giveUp(slidingWindow({ limit: 1, windowMs: 60_000 }));
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: null }
 */
export function giveUp<State>(policy: RestartPolicy<State>): RestartPolicy<State> {
  readArguments("giveUp", arguments, 1);
  readPolicy("giveUp", "policy", policy);
  return {
    name: `giveUp(${policy.name})`,
    describe: { ...policy.describe, kind: "giveUp", options: {}, members: [policy.describe] },
    wraps: policy,
    initial: () => policy.initial(),
    step(state, event, now) {
      const [next, decision] = policy.step(state, event, now);
      if (decision.type !== "refuse" || decision.retryAfterMs === null) return [next, decision];
      return [next, refuse(decision.reason, null)];
    },
    parse: (raw, now) => policy.parse(raw, now),
    idle: (state, now) => policy.idle?.(state, now) ?? false,
  };
}
