// The opposite of `giveUp`: the caller gets a delay instead of a "not yet".
//
// - A "not yet" becomes a delay: the policy is asked again as of its hint, on the state that the refusal
//   left and with `wall` moved along, and what it answers then runs from there. So it counts the launch
//   when it happens.
// - A "never", at once or as of a hint, stays a refusal.
// - It is asked 64 times at most, and no further than 2^53-1. What is still refused then stays a "not
//   yet", with the hint as far as it is known.

import { later, postponed } from "./look-ahead.js";
import { readPolicy } from "./read-policy.js";
import { launch, type RestartPolicy, refuse } from "./restart.js";

const LOOKS = 64;

/**
 * Makes every "not yet" of a policy a delay, for callers that know only "so long" and "stop", such as job
 * queues and retry loops.
 *
 * Decides: what `policy` decides, but that a refusal with a hint becomes a launch after it: the policy is
 * asked again as of the hint, and its delay then is added. A refusal for good stays one. Doing it twice is
 * doing it once, and `waitOut(giveUp(policy))` is `giveUp(policy)`. Units, range, defaults: those of
 * `policy`. Edge: after 64 hints in a row that were too short, and beyond 2^53-1, the refusal stays, with
 * the hint from `now`.
 * Effect on state: that of `policy`, stepped as of the hint: after a delay it holds an instant that is
 * still to come, and `parse` pulls that back to `now`. The state is the policy's own, so that it can be
 * read back with and without `waitOut`.
 * Errors: `PolicyOptionsError` for what is no policy; those of `policy`.
 * Source: rate limiters that answer with a delay, such as Go's `rate.Reserve`.
 *
 * @since 0.1.0
 * @example
 * const policy = waitOut(slidingWindow({ limit: 1, windowMs: 1_000 }));
 * const job = cell(policy, { clock: () => 0, random: () => 0 });
 * job.failed(exitOf(1, null), { uptimeMs: 0 }); // => { type: "launch", delayMs: 0 }
 * job.failed(exitOf(1, null), { uptimeMs: 0 }); // => { type: "launch", delayMs: 1_000 }
 */
export function waitOut<State>(policy: RestartPolicy<State>): RestartPolicy<State> {
  readPolicy("waitOut", "policy", policy);
  const { kind, options, timesMs } = { ...policy.describe, kind: "waitOut", options: {} };
  return {
    name: `waitOut(${policy.name})`,
    describe: { kind, options, timesMs, members: [policy.describe] },
    wraps: policy,
    initial: () => policy.initial(),
    step(state, event, now) {
      let [next, answer] = policy.step(state, event, now);
      if (event.type !== "launch") return [next, answer];
      let wait = 0;
      for (let look = 0; look < LOOKS && answer.type === "refuse"; look++) {
        const total = postponed(answer.retryAfterMs, wait);
        if (total === null) return [next, answer];
        if (total > Number.MAX_SAFE_INTEGER - now) return [next, refuse(answer.reason, total)];
        wait = total;
        [next, answer] = policy.step(next, later(event, wait), now + wait);
      }
      if (answer.type === "refuse")
        return [next, refuse(answer.reason, postponed(answer.retryAfterMs, wait))];
      // What breaks the contract is handed on, so that it shows.
      return [next, answer.type === "launch" && wait > 0 ? launch(wait + answer.delayMs) : answer];
    },
    parse: (raw, now) => policy.parse(raw, now),
    idle: (state, now) => policy.idle?.(state, now) ?? false,
  };
}
