import type { Millis, RestartDecision, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { type Asked, ask, leavesOf } from "./asked.js";
import { changeOf } from "./change.js";
import { countersOf } from "./counters.js";
import { deciderOf } from "./decider.js";
import type { DecidedBy, Explanation } from "./explanation.js";
import { sentenceOf } from "./sentence.js";

/**
 * Why a policy decides as it does in this state: which member, what it counts, and when the answer
 * changes.
 *
 * Pure: no state is changed, and `decision` is what `policy.step` decides, always. Units: those of the
 * policy. It looks into compositions by `members` and `wraps`; a policy of your own that shows neither
 * is its own decider. Edge: asked again one millisecond before `changesAt` the answer is still the same,
 * unless `certainty` is `bound`. Errors: whatever the policy throws.
 *
 * @since 0.1.0
 * @param policy what decided, or is to decide.
 * @param state its state before the event.
 * @param event what it is told or asked.
 * @param now the instant.
 * @example
 * const policy = allOf(restartOn("permanent"), lifetimeCap({ restarts: 0 }));
 * const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const why = explain(policy, policy.initial(), request, 500);
 * why.decision; // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 * why.decidedBy; // => { path: [1], name: "lifetimeCap", kind: "lifetimeCap" }
 * why.sentence;
 * // => "Refused as cap-reached by lifetimeCap at 1 (restarts 0); never again without a reset."
 */
export function explain<State>(
  policy: RestartPolicy<State>,
  state: State,
  event: RestartEvent,
  now: Millis,
): Explanation {
  const asked = ask(policy, state, event, now);
  const decision = asked.decision as RestartDecision;
  const decider = deciderOf(asked, event, now);
  const decidedBy = whoIs(decider.asked);
  const counters = countersOf(decider.asked.policy, decider.state);
  const change =
    event.type === "launch"
      ? changeOf(asked, event, now)
      : ({ changesAt: null, changesTo: null, certainty: "none" } as const);
  return {
    decision,
    decidedBy,
    counters,
    parts: leavesOf(asked).map((part) => ({
      ...whoIs(part),
      decision: part.decision,
      counters: countersOf(part.policy, part.after),
    })),
    ...change,
    sentence: sentenceOf(decision, decidedBy, counters, change, now),
  };
}

function whoIs({ path, policy }: Asked): DecidedBy {
  return { path, name: policy.name, kind: policy.describe.kind };
}
