// All members must agree.
//
// - Every member is always asked, also after one has refused.
// - A refusal beats a launch. "Never" beats "not yet". Of several waits the longest wins; of several
//   delays the longest wins. The reason is that of the first member, in the order given, with the
//   winning wait, so order expresses precedence: predicate, then restart type, then budget.
// - A refused launch costs the members that would have allowed it nothing: their step is dropped.
//   The refusers keep theirs. Facts are never rolled back.
// - The hint is checked, not assumed (look-ahead.ts): the same request is put again at that instant,
//   on the state the refusal left, until all agree or one says never.

import { composition, type MemberStates, withState } from "./composition.js";
import { type Ask, lookAhead } from "./look-ahead.js";
import type { Millis } from "./policy.js";
import {
  type Launch,
  type LaunchEvent,
  launch,
  type RestartDecision,
  type RestartPolicy,
} from "./restart.js";

/**
 * The states of the members, in the order given; behind them `{ members }`, the keys by which `parse`
 * finds each one again.
 * @since 0.1.0
 */
export type AllOfState = MemberStates;

interface Round {
  /** The states if everybody's step is kept. */
  readonly asked: AllOfState;
  /** The states if only the refusers' steps are kept. */
  readonly refused: AllOfState;
  readonly answer: RestartDecision;
}

/**
 * Composes restart policies: a launch needs the consent of all.
 *
 * Decides: the strictest answer of its members. `allOf()` is the
 * identity: it launches at once. Associative; commutative except for `reason`. Defaults: none.
 * Units: those of its members. Hints are exact, also where members are willing alternately; after 64
 * looks into the future, or where eight in a row met the same refusal, they are a lower bound, and they
 * never exceed 2^53-1.
 * Edge: of two members with exactly the same wait the first gives the reason.
 * Effect on state: facts step every member; a refused launch steps the refusers only; the same
 * reference comes back when no member changed.
 * Errors: `PolicyOptionsError` for a member that is no policy; `parse` throws `PolicyStateError` with the
 * index of the saved state in the path. It reads by name: see `changedMembers`. A member's answer that breaks the contract wins, so that it shows.
 * Source: systemd's start limit beside `RestartSec=`, processkit's predicate, policy, budget order.
 *
 * A rate bound inside holds for *admissions*: put `inTurn(backoff, window)` where launches count.
 *
 * @since 0.1.0
 * @example
 * const policy = allOf(restartOn("transient"), slidingWindow({ limit: 10, windowMs: 600_000 }));
 * const child = cell(policy, { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 */
export function allOf(...members: readonly RestartPolicy[]): RestartPolicy<AllOfState> {
  function ask(states: AllOfState, event: LaunchEvent, now: Millis): Round {
    let asked = states;
    let refused = states;
    let worst: Exclude<RestartDecision, Launch> | undefined;
    let longest: Launch = launch();
    for (let i = 0; i < members.length; i++) {
      const [state, answer] = (members[i] as RestartPolicy).step(states[i], event, now);
      asked = withState(states, asked, i, state);
      if (answer.type === "launch") {
        const longer = answer.delayMs > longest.delayMs || Number.isNaN(answer.delayMs);
        if (longer) longest = answer; // NaN stays, so that it shows
      } else {
        refused = withState(states, refused, i, state);
        if (!worst || waitOf(answer) > waitOf(worst)) worst = answer;
      }
    }
    return { asked, refused, answer: worst ?? longest };
  }

  return composition("allOf", members, (states, event, now) => {
    const { asked, refused, answer } = ask(states, event, now);
    if (answer.type === "launch") return [asked, answer];
    if (answer.type !== "refuse" || members.length < 2) return [refused, answer];
    const again: Ask = (event, now) => ask(refused, event, now).answer;
    return [refused, lookAhead(again, event, now, answer)];
  });
}

/** An answer that is neither a launch nor a refusal breaks the contract; it wins, so that it shows. */
function waitOf(answer: Exclude<RestartDecision, Launch>): number {
  const wait = answer.type === "refuse" ? answer.retryAfterMs : null;
  return wait ?? Number.POSITIVE_INFINITY;
}
