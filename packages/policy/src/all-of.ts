// All members must agree.
//
// - Every member is always asked, also after one has refused.
// - A refusal beats a launch. "Never" beats "not yet". Of several waits the longest wins; of several
//   delays the longest wins. The reason is that of the first member, in the order given, with the
//   winning wait, so order expresses precedence: predicate, then restart type, then budget.
// - A refused launch costs the members that would have allowed it nothing: their step is dropped.
//   The refusers keep theirs. Facts are never rolled back.
// - The hint is checked, not assumed: the same request is put again at that instant, on the state the
//   refusal left, until all agree or one says never. For steady members (once willing, willing until
//   an event) one look confirms it. After 64 looks the hint is a lower bound.

import { PolicyStateError } from "./errors.js";
import type { Millis } from "./policy.js";
import { within } from "./read-state.js";
import {
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  noted,
  type Refuse,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  refuse,
} from "./restart.js";
import { show } from "./show.js";

const LOOKS = 64;

/** The states of the members, in the order given. */
export type AllOfState = readonly unknown[];

interface Round {
  /** The states if everybody's step is kept. */
  readonly asked: AllOfState;
  /** The states if only the refusers' steps are kept. */
  readonly refused: AllOfState;
  readonly answer: LaunchAnswer;
}

/**
 * Composes restart policies: a launch needs the consent of all.
 *
 * Decides: the strictest answer of its members (rules at the top of this file). `allOf()` is the
 * identity: it launches at once. Associative; commutative but for `reason`.
 * Units: those of its members. Effect on state: facts step every member; a refused launch steps the
 * refusers only. Errors: `parse` throws `PolicyStateError` with the member's index in the path.
 * Source: systemd's start limit beside `RestartSec=`, processkit's predicate, policy, budget order.
 *
 * A rate bound inside holds for *admissions*: put `inTurn(backoff, window)` where launches count.
 *
 * @example
 * allOf(restartOn("transient"), slidingWindow({ limit: 10, windowMs: 600_000 }));
 */
export function allOf(...members: readonly RestartPolicy[]): RestartPolicy<AllOfState> {
  function tell(states: AllOfState, event: RestartEvent, now: Millis): AllOfState {
    let next: unknown[] | undefined;
    members.forEach((member, i) => {
      const [state] = member.step(states[i], event, now);
      if (state !== states[i]) {
        next ??= [...states];
        next[i] = state;
      }
    });
    return next ?? states;
  }

  function ask(states: AllOfState, event: LaunchEvent, now: Millis): Round {
    const asked: unknown[] = [];
    const refused: unknown[] = [];
    let worst: Refuse | undefined;
    let delayMs = 0;
    members.forEach((member, i) => {
      const [state, answer] = member.step(states[i], event, now);
      asked.push(state);
      refused.push(answer.type === "refuse" ? state : states[i]);
      if (answer.type === "launch") delayMs = Math.max(delayMs, answer.delayMs);
      if (answer.type === "refuse" && (!worst || waitOf(answer) > waitOf(worst))) worst = answer;
    });
    return {
      asked: same(states, asked),
      refused: same(states, refused),
      answer: worst ?? launch(delayMs),
    };
  }

  /** Puts the request again at the instant hinted, until all agree or one says never. */
  function confirm(states: AllOfState, event: LaunchEvent, now: Millis, first: Refuse): Refuse {
    let answer = first;
    let wait = waitOf(first);
    for (let look = 0; look < LOOKS; look++) {
      if (wait > Number.MAX_SAFE_INTEGER - now) break;
      const later = { ...event, wall: event.wall + wait };
      const again = ask(states, later, now + wait).answer;
      if (again.type === "launch") break;
      answer = again;
      if (again.retryAfterMs === null) return again;
      wait += again.retryAfterMs;
    }
    return refuse(answer.reason, wait);
  }

  function step(
    states: AllOfState,
    event: RestartEvent,
    now: Millis,
  ): readonly [AllOfState, RestartDecision] {
    if (event.type !== "launch") return [tell(states, event, now), noted];
    const { asked, refused, answer } = ask(states, event, now);
    if (answer.type === "launch") return [asked, answer];
    if (answer.retryAfterMs === null || members.length === 1) return [refused, answer];
    return [refused, confirm(refused, event, now, answer)];
  }

  return {
    name: `allOf(${members.map((member) => member.name).join(", ")})`,
    describe: {
      kind: "allOf",
      options: {},
      timesMs: [...new Set(members.flatMap((member) => member.describe.timesMs))],
      members: members.map((member) => member.describe),
    },
    initial: () => members.map((member) => member.initial()),
    step,
    parse(raw, now) {
      if (!Array.isArray(raw) || raw.length !== members.length) {
        throw new PolicyStateError("", `an array of ${members.length} states`, show(raw));
      }
      return members.map((member, i) => within(`[${i}]`, () => member.parse(raw[i], now)));
    },
    idle: (states, now) => members.every((member, i) => member.idle?.(states[i], now) ?? false),
  };
}

function waitOf(refusal: Refuse): number {
  return refusal.retryAfterMs ?? Number.POSITIVE_INFINITY;
}

function same(before: AllOfState, after: AllOfState): AllOfState {
  return after.every((state, i) => state === before[i]) ? before : after;
}
