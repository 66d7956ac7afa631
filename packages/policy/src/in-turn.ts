// One after the other: the second member is asked as of the instant at which the first lets the child
// go, and the delays add.
//
// - That instant is `now` and the first delay, rounded up to a whole millisecond, once; `wall` is
//   moved along. The second member's delay runs from there. Where it is 0, the first delay stays as
//   it was, fraction and all.
// - A refusal of either refuses, and costs the other nothing: the first member is rolled back when
//   the second refuses, and the second is not asked when the first refuses.
// - Facts go to both, now, and are never rolled back.
// - The hint is the first instant at which both would agree. Asked x ms later, a delay that runs from
//   an exit is x shorter, so that the second member is asked as of the same instant until that delay
//   is over; a delay that runs from the request is not. Both are found: look-ahead.ts.
// - The reason is that of whoever would still refuse one millisecond before the hint.

import { type Answer, composition, settled } from "./composition.js";
import { firstGrant, later, postponed } from "./look-ahead.js";
import { type Launch, launch, type RestartPolicy, refuse } from "./restart.js";

/**
 * The states of the first and of the second member.
 * @since 0.1.0
 */
export type InTurnState<First = unknown, Second = unknown> = readonly [First, Second];

/**
 * Composes two restart policies one after the other: what counts launches counts them when they
 * happen, not when they are admitted.
 *
 * Decides: a launch after both delays, if both are willing, each at its instant.
 * Associative, not commutative; `allOf()` is its identity on either side.
 * Units: those of its members. Defaults: none. Edge: fractions of a delay are kept unless another
 * delay follows; then each but the last counts as whole milliseconds, rounded up.
 * Effect on state: facts step both; a refused launch steps the refuser only; the same reference comes
 * back when neither changed. After a launch with a delay the second member holds an instant that is
 * still to come; `parse` pulls it back to `now`, as every policy does.
 * Errors: none of its own, except that `parse` throws `PolicyStateError` with the member's index in
 * the path.
 * Source: epics-base-rs `supervise` stamps the admission before its delay, so its window bounds
 * admissions; this is the other order, in which a window bounds launches.
 *
 * @since 0.1.0
 * @example
 * const policy = inTurn(backoff({ initialMs: 400 }), slidingWindow({ limit: 1, windowMs: 1_000 }));
 * const child = cell(policy, { clock: () => 100, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "exited", exit: { kind: "failed", code: 1 }, failed: true, uptimeMs: 0 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 1_000 }
 */
export function inTurn<First, Second>(
  first: RestartPolicy<First>,
  second: RestartPolicy<Second>,
): RestartPolicy<InTurnState<First, Second>> {
  const ask: Answer = (states, event, now) => {
    const [one, go] = first.step(states[0] as First, event, now);
    if (go.type !== "launch" || !(go.delayMs >= 0)) return [settled(states, [one, states[1]]), go];
    const wait = Math.min(Math.ceil(go.delayMs), Number.MAX_SAFE_INTEGER - now);
    const [two, answer] = second.step(states[1] as Second, later(event, wait), now + wait);
    if (answer.type === "launch") return [settled(states, [one, two]), sum(go, answer)];
    const refused = settled(states, [states[0], two]);
    if (answer.type !== "refuse") return [refused, answer];
    return [refused, refuse(answer.reason, postponed(answer.retryAfterMs, wait))];
  };

  return composition("inTurn", [first, second], (states, event, now) => {
    const [next, answer] = ask(states, event, now);
    if (answer.type !== "refuse") return [next, answer];
    return [next, firstGrant((event, now) => ask(next, event, now)[1], event, now, answer)];
  }) as RestartPolicy<InTurnState<First, Second>>;
}

/** Both delays, the first as the whole milliseconds after which the second one began. */
function sum(go: Launch, then: Launch): Launch {
  if (then.delayMs === 0) return go;
  return launch(Math.min(Number.MAX_VALUE, Math.ceil(go.delayMs) + then.delayMs));
}
