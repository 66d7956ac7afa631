// One after the other: each member is asked as of the instant at which those before it let the child
// go, and the delays add.
//
// - That instant is `now` and the delays so far, rounded up to a whole millisecond; `wall` is moved
//   along. The next delay runs from there. Where it is 0, the sum stays as it was, fraction and all.
// - A refusal of any member refuses, and costs the others nothing: those before it are rolled back, and
//   those behind it are not asked.
// - Facts go to all, now, and are never rolled back.
// - The hint is the first instant at which all would agree. Asked x ms later, a delay that runs from
//   an exit is x shorter, so that the next member is asked as of the same instant until that delay
//   is over; a delay that runs from the request is not. Both are found: look-ahead.ts.
// - The reason is that of the member that would still refuse one millisecond before the hint.

import { type Answer, composition, type MemberStates, withState } from "./composition.js";
import { firstGrant, later, postponed } from "./look-ahead.js";
import { type Launch, launch, type RestartPolicy, refuse } from "./restart.js";

/**
 * The states of the members, in the order given; behind them `{ members }`, the keys by which `parse`
 * finds each one again.
 * @since 0.1.0
 */
export type InTurnState = MemberStates;

/**
 * Composes restart policies one after the other: what counts launches counts them when they happen, not
 * when they are admitted.
 *
 * Decides: a launch after all delays, if all are willing, each at its instant. Any number of members:
 * `inTurn()` launches at once, `inTurn(a)` is `a`. Associative, not commutative; `allOf()` is its identity on either side.
 * Units: those of its members. Defaults: none. Edge: fractions of a delay are kept unless another
 * delay follows; then each but the last counts as whole milliseconds, rounded up.
 * Effect on state: facts step every member; a refused launch steps the refuser only; the same reference
 * comes back when no member changed. After a launch with a delay, the members behind it hold an instant
 * that is still to come; `parse` pulls it back to `now`, as every policy does.
 * Errors: `PolicyOptionsError` for a member that is no policy; `parse` throws `PolicyStateError` with the
 * index of the saved state in the path. It reads by name: see `changedMembers`.
 * Source: epics-base-rs `supervise` stamps the admission before its delay, so its window bounds
 * admissions; this is the other order, in which a window bounds launches.
 *
 * @since 0.1.0
 * @example
 * const policy = inTurn(backoff({ initialMs: 400 }), slidingWindow({ limit: 1, windowMs: 1_000 }));
 * const child = cell(policy, { clock: () => 100, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.failed(exitOf(1, null), { uptimeMs: 0 });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 1_000 }
 */
export function inTurn(...members: readonly RestartPolicy[]): RestartPolicy<InTurnState> {
  const ask: Answer = (states, event, now) => {
    let next = states;
    let total: Launch = launch();
    let wait = 0;
    for (let i = 0; i < members.length; i++) {
      const member = members[i] as RestartPolicy;
      const [state, answer] = member.step(states[i], later(event, wait), now + wait);
      if (answer.type === "refuse") {
        const { reason, retryAfterMs } = answer;
        return [withState(states, states, i, state), refuse(reason, postponed(retryAfterMs, wait))];
      }
      // What breaks the contract is handed on, so that it shows.
      if (answer.type !== "launch" || !(answer.delayMs >= 0)) {
        return [withState(states, states, i, state), answer];
      }
      next = withState(states, next, i, state);
      total = sum(total, answer);
      wait = Math.min(Math.ceil(total.delayMs), Number.MAX_SAFE_INTEGER - now);
    }
    return [next, total];
  };

  return composition("inTurn", members, (states, event, now) => {
    const [next, answer] = ask(states, event, now);
    if (answer.type !== "refuse" || members.length < 2) return [next, answer];
    return [next, firstGrant((event, now) => ask(next, event, now)[1], event, now, answer)];
  });
}

/** Both delays, the first as the whole milliseconds after which the second one began. */
function sum(go: Launch, then: Launch): Launch {
  if (then.delayMs === 0) return go;
  if (go.delayMs === 0) return then;
  return launch(Math.min(Number.MAX_VALUE, Math.ceil(go.delayMs) + then.delayMs));
}
