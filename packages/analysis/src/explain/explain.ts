import {
  type LaunchEvent,
  type Millis,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  readArguments,
  readOptions,
  readPolicy,
} from "@steadfast/policy";
import { type Asked, ask, leavesOf } from "./asked.js";
import { changeOf, NO_CHANGE } from "./change.js";
import { countersOf } from "./counters.js";
import { deciderOf } from "./decider.js";
import type { DecidedBy, Explanation } from "./explanation.js";
import { sentenceOf } from "./sentence.js";

/**
 * Explains why a policy decides as it does in this state: which member, what it counts, and when the answer
 * changes.
 *
 * Pure: no state is changed, and `decision` is what `policy.step` decides, always. Units: those of the
 * policy. It looks into compositions by `members` and `wraps`; a policy of your own that shows neither
 * is its own decider. Edge: asked again one millisecond before `changesAt` the answer is still the same,
 * unless `certainty` is `bound`. Errors: `PolicyOptionsError` for what is no policy, event or instant; whatever
 * the policy throws.
 *
 * @since 0.1.0
 * @param policy what decided, or is to decide.
 * @param state its state before the event.
 * @param event what it hears or is asked.
 * @param now the instant.
 * @example
 * const policy = allOf(restartOn("permanent"), lifetimeCap({ restarts: 0 }));
 * const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const why = explain(policy, policy.initial(), request, 500);
 * why.decision; // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 * why.decidedBy; // => { path: [1], name: "lifetimeCap", kind: "lifetimeCap" }
 * why.sentence;
 * // => "Refused for good (cap-reached): lifetimeCap has admitted 0 restarts, and its limit is 0; only a reset changes that."
 */
export function explain<State>(
  policy: RestartPolicy<State>,
  state: State,
  event: RestartEvent,
  now: Millis,
): Explanation {
  readArguments("explain", arguments, 4);
  readPolicy("explain", "policy", policy);
  readEvent(event);
  readOptions("explain", { now }).whole("now", { min: Number.MIN_SAFE_INTEGER });
  const asked = ask(policy, state, event, now);
  const decision = asked.decision as RestartDecision;
  const decider = deciderOf(asked, event, now);
  const decidedBy = whoIs(decider.asked);
  const final = finalOf(asked, decidedBy.path);
  const waiting = waitingOf(asked, decidedBy.path);
  const counters = countersOf(decider.asked.policy, decider.state);
  const change = event.type === "launch" ? changeOf(asked, event, now) : NO_CHANGE;
  const leaves = leavesOf(asked);
  const sentence = sentenceOf({
    decision,
    decidedBy,
    description: decider.asked.policy.describe,
    counters,
    final: final && { by: whoIs(final.asked), waitMs: final.waitMs },
    waitedBy: waiting && whoIs(waiting),
    change,
    names: leaves.map((leaf) => leaf.policy.name),
    now,
  });
  return {
    decision,
    decidedBy,
    finalBy: final && whoIs(final.asked),
    waitedBy: waiting && whoIs(waiting),
    counters,
    parts: leaves.map((part) => ({
      ...whoIs(part),
      decision: part.decision,
      counters: countersOf(part.policy, part.after),
    })),
    ...change,
    sentence,
  };
}

/** Throws `PolicyOptionsError` for what is no event, and for a request without its draw or its wall clock. */
function readEvent(event: RestartEvent): void {
  const read = readOptions<Partial<LaunchEvent>>("explain: event", event as Partial<LaunchEvent>);
  read.oneOf<string>("type", ["exited", "healthy", "reset", "launch"]);
  if (event.type !== "launch") return;
  read.oneOf("cause", ["start", "restart", "operator"]);
  read.checked("draw", "a number in [0, 1)", (draw) => Number(draw) >= 0 && Number(draw) < 1);
  read.whole("wall", { min: Number.MIN_SAFE_INTEGER });
}

function whoIs({ path, policy }: Asked): DecidedBy {
  return { path, name: policy.name, kind: policy.describe.kind };
}

/** The innermost policy on the way to the decider that says "never" where what it wraps says "not yet". */
function finalOf(asked: Asked, path: readonly number[]): { asked: Asked; waitMs: Millis } | null {
  const [first, ...rest] = path;
  const part = first === undefined ? undefined : asked.parts[first];
  if (!part) return null;
  const inside = finalOf(part, rest);
  const { decision } = asked;
  if (inside || decision?.type !== "refuse" || decision.retryAfterMs !== null) return inside;
  const waitMs = part.decision?.type === "refuse" ? part.decision.retryAfterMs : null;
  return waitMs === null ? null : { asked, waitMs };
}

/** The innermost policy on the way to the decider that launches where what it wraps says "not yet". */
function waitingOf(asked: Asked, path: readonly number[]): Asked | null {
  const [first, ...rest] = path;
  const part = first === undefined ? undefined : asked.parts[first];
  if (!part) return null;
  const turns = asked.decision?.type === "launch" && part.decision?.type === "refuse";
  return waitingOf(part, rest) ?? (turns ? asked : null);
}
