// The opposite of `giveUp`: the caller gets a delay instead of a "not yet".
//
// - A "not yet" becomes a delay: the policy is asked again as of its hint, on the state that the refusal
//   left and with `wall` moved along, and what it answers then runs from there. So it counts the launch
//   when it happens.
// - A "never", at once or as of a hint, stays a refusal.
// - The search is that of all hints (look-ahead.ts): it ends after 64 looks, after eight alike, and at
//   2^53-1. What is still refused then stays a "not yet", with the hint as far as it is known.
// - What stays a refusal leaves the state of the first answer: the looks cost nothing.

import { type Ask, follow } from "./look-ahead.js";
import { readArguments } from "./read-arguments.js";
import { readPolicy } from "./read-policy.js";
import { launch, type RestartPolicy } from "./restart.js";

/**
 * Makes every "not yet" of a policy a delay, for callers that know only "so long" and "stop", such as job
 * queues and retry loops.
 *
 * Decides: what `policy` decides, but that a refusal with a hint becomes a launch after it: the policy is
 * asked again as of the hint, and its delay then is added. A refusal for good stays one. Doing it twice is
 * doing it once, and `waitOut(giveUp(policy))` is `giveUp(policy)`. Units, range, defaults: those of
 * `policy`. Edge: after 64 hints in a row that were too short, and beyond 2^53-1, the refusal stays, with
 * the hint from `now`; so it does where the clock went back so far that eight in a row met the same
 * refusal, with the hint of the first.
 * Ask again when the delay is over, with one state per child or job: a request before that comes, for
 * `policy`, from a clock that is behind, and a limit above 1 may launch too many.
 * Effect on state: that of `policy`, stepped as of the hint: after a delay it holds an instant that is
 * still to come, and `parse` pulls that back to `now`; a refusal steps it once, as of `now`. The state is
 * the policy's own, so that it can be read back with and without `waitOut`.
 * Errors: `PolicyOptionsError` for what is no policy, and for a second argument; those of `policy`.
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
  readArguments("waitOut", arguments, 1);
  readPolicy("waitOut", "policy", policy);
  const { kind, options, timesMs } = { ...policy.describe, kind: "waitOut", options: {} };
  return {
    name: `waitOut(${policy.name})`,
    describe: { kind, options, timesMs, members: [policy.describe] },
    wraps: policy,
    initial: () => policy.initial(),
    step(state, event, now) {
      const [next, answer] = policy.step(state, event, now);
      if (event.type !== "launch" || answer.type !== "refuse") return [next, answer];
      let last = next;
      const again: Ask = (later, at) => {
        const [after, decision] = policy.step(last, later, at);
        last = after;
        return decision;
      };
      const { refusal, granted } = follow(again, event, now, answer);
      if (granted === null) return [next, refusal];
      // What breaks the contract is handed on, so that it shows.
      if (granted.type !== "launch") return [last, granted];
      return [last, launch((refusal.retryAfterMs ?? 0) + granted.delayMs)];
    },
    parse: (raw, now) => policy.parse(raw, now),
    idle: (state, now) => policy.idle?.(state, now) ?? false,
  };
}
