// The laws of time in whole units, on any function that claims to show a policy time like that.

import {
  type Millis,
  type RestartDecision,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";
import { claimSame } from "../kernel/claim.js";
import type { LawReport } from "../kernel/report.js";
import { atLine } from "../policy-laws/script-law.js";
import { type Moment, tell } from "../policy-laws/tell.js";
import { asPolicyLaws } from "./as-policy-laws.js";
import { checkCombinator } from "./check-combinator.js";
import {
  A_REFUSAL,
  A_WAIT,
  type Combinator,
  claimAlike,
  compositionLaw,
  noteAnswers,
} from "./composition.js";
import { contractLaws, hintExact, hintIsKept } from "./contract-laws.js";
import type { CompositionCheckOptions } from "./options.js";
import { always } from "./zoo.js";

const ofOneChangesNothing = compositionLaw({
  name: "unit-of-1-changes-nothing",
  says: "in units of one millisecond it decides as the policy itself",
  size: [1, 1],
  cases: [A_REFUSAL],
  holds({ make, members: [member = always], script }, reached) {
    noteAnswers(claimAlike(member, make([member], 1), script), reached);
  },
});

/** A policy stepped by the rules: as of the last whole unit. */
function roundedDown(policy: RestartPolicy, unitMs: Millis) {
  let state = policy.initial();
  return ({ event, now }: Moment): RestartDecision => {
    const over = ((now % unitMs) + unitMs) % unitMs;
    const seen = event.type === "launch" ? { ...event, wall: event.wall - over } : event;
    const [next, answer] = policy.step(state, seen, now - over);
    state = next;
    if (answer.type === "launch") {
      return { type: "launch", delayMs: Math.max(0, answer.delayMs - over) };
    }
    if (answer.type !== "refuse" || answer.retryAfterMs === null) return answer;
    const opensAt = Math.ceil((now - over + answer.retryAfterMs) / unitMs) * unitMs;
    return { ...answer, retryAfterMs: opensAt - now };
  };
}

const asOfTheWholeUnit = compositionLaw({
  name: "as-of-the-whole-unit",
  says: "the policy is stepped on `now` and `wall` less what is beyond the last whole unit; delays run from there, hints are lifted to the next whole unit",
  size: [1, 1],
  steady: true,
  cases: [A_WAIT, "a rounded instant"],
  holds({ members: [member = always], composed, unitMs, script }, reached) {
    const ask = roundedDown(member, unitMs);
    const moments = tell(composed, script);
    moments.forEach((moment, i) => {
      if (moment.now % unitMs !== 0) reached("a rounded instant");
      const expected = ask(moment);
      atLine(i, () => claimSame(moment.decision, expected, `in units of ${unitMs} it decided`));
    });
    noteAnswers(moments, reached);
  },
});

const twiceIsOnce = compositionLaw({
  name: "twice-is-once",
  says: "in the same unit, doing it twice is doing it once",
  size: [1, 1],
  steady: true,
  cases: [A_REFUSAL],
  holds({ make, composed, script, unitMs }, reached) {
    noteAnswers(claimAlike(composed, make([composed], unitMs), script), reached);
  },
});

const laws = [
  ofOneChangesNothing,
  asOfTheWholeUnit,
  twiceIsOnce,
  hintExact([1, 1]),
  hintIsKept([1, 1], false),
  ...contractLaws([1, 1]),
  ...asPolicyLaws([1, 1], false),
];

/**
 * Checks a combinator that claims to do as `coarse` does: it shows a policy the time in whole units.
 *
 * Effect: wraps members of the kit, or those given, in units of 1, 7, 20 and 25, and runs them on some
 * hundred scripts. Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError` for bad
 * options.
 *
 * @since 0.1.0
 * @example
 * checkCoarse(coarse).passed.includes("as-of-the-whole-unit"); // => true
 */
export function checkCoarse(
  coarse: (policy: RestartPolicy, unitMs: Millis) => RestartPolicy,
  options: CompositionCheckOptions = {},
): LawReport {
  readArguments("checkCoarse", arguments, 2);
  const make: Combinator["make"] = ([policy = always], unitMs) => coarse(policy, unitMs);
  return checkCombinator("checkCoarse", coarse, make, laws, options);
}
