// The laws of "all must agree", on any function that claims to compose like that.

import { type RestartDecision, type RestartPolicy, readArguments } from "@steadfast/policy";
import { claim, claimSame, show } from "../kernel/claim.js";
import type { LawReport } from "../kernel/report.js";
import { atLine } from "../policy-laws/script-law.js";
import { type Moment, tell } from "../policy-laws/tell.js";
import { asPolicyLaws } from "./as-policy-laws.js";
import { checkCombinator } from "./check-combinator.js";
import {
  A_REFUSAL,
  type CompositionLaw,
  claimAlike,
  compositionLaw,
  noteAnswers,
} from "./composition.js";
import { contractLaws, hintExact, hintIsKept, refusalCostsNothing } from "./contract-laws.js";
import type { CompositionCheckOptions } from "./options.js";

const withoutReason = (decision: RestartDecision) =>
  decision.type === "refuse" ? { ...decision, reason: "" } : decision;

const identity = compositionLaw({
  name: "identity",
  says: "of one member it decides as that member, and what is made of none changes nothing beside another",
  size: [1, 1],
  steady: true,
  cases: [A_REFUSAL],
  holds({ make, members: [member], script, unitMs }, reached) {
    if (member === undefined) return;
    const none = make([], unitMs);
    const moments = claimAlike(member, make([member], unitMs), script);
    claimAlike(member, make([member, none], unitMs), script);
    claimAlike(member, make([none, member], unitMs), script);
    noteAnswers(moments, reached);
  },
});

const associative = compositionLaw({
  name: "associative",
  says: "how steady members are bracketed changes no decision, reasons included",
  size: [3, 3],
  steady: true,
  cases: [A_REFUSAL],
  holds({ make, members: [a, b, c], composed, script, unitMs }, reached) {
    if (!a || !b || !c) return;
    claimAlike(composed, make([make([a, b], unitMs), c], unitMs), script);
    const moments = claimAlike(composed, make([a, make([b, c], unitMs)], unitMs), script);
    noteAnswers(moments, reached);
  },
});

const commutative = compositionLaw({
  name: "commutative-but-for-the-reason",
  says: "the order of the members changes nothing but the reason of a refusal",
  size: [2, 3],
  steady: true,
  cases: [A_REFUSAL],
  holds({ make, members, composed, script, unitMs }, reached) {
    const moments = tell(composed, script);
    const others = tell(make([...members].reverse(), unitMs), script);
    moments.forEach(({ decision }, i) => {
      const other = others[i]?.decision ?? decision;
      const what = "with the members turned round it decided";
      atLine(i, () => claimSame(withoutReason(other), withoutReason(decision), what));
    });
    noteAnswers(moments, reached);
  },
});

/** Members with a state each, stepped by the rules: refusers keep their step, facts go to all. */
function membersOf(members: readonly RestartPolicy[]) {
  let states = members.map((member) => member.initial());
  return ({ event, now }: Moment): readonly RestartDecision[] => {
    const steps = members.map((member, i) => member.step(states[i], event, now));
    const refused = steps.some(([, answer]) => answer.type === "refuse");
    states = steps.map(([state, answer], i) =>
      refused && answer.type === "launch" ? states[i] : state,
    );
    return steps.map(([, answer]) => answer);
  };
}

/** What of a decision follows from the answers, if the hint is exact for steady members only. */
function strictest(answers: readonly RestartDecision[], steady: boolean): Partial<RestartDecision> {
  const refusals = answers.filter((answer) => answer.type === "refuse");
  const waits = refusals.map(({ retryAfterMs }) => retryAfterMs ?? Infinity);
  const first = refusals[waits.indexOf(Math.max(...waits))];
  if (first) return steady || first.retryAfterMs === null ? first : { type: "refuse" };
  const delays = answers.map((answer) => (answer.type === "launch" ? answer.delayMs : 0));
  return { type: "launch", delayMs: Math.max(0, ...delays) };
}

const strictestWins = compositionLaw({
  name: "strictest-answer-wins",
  says: "all are asked; a refusal beats a launch, never beats not yet, the longest wait and the longest delay win, the first of equals gives the reason; refusers keep their step, the willing are rolled back, facts reach all",
  size: [2, 4],
  cases: [A_REFUSAL, "members that differ"],
  holds({ members, composed, steady, script }, reached) {
    const ask = membersOf(members);
    const moments = tell(composed, script);
    moments.forEach((moment, i) => {
      const answers = ask(moment);
      if (moment.event.type !== "launch") return;
      if (new Set(answers.map(({ type }) => type)).size > 1) reached("members that differ");
      const expected = strictest(answers, steady);
      const got = moment.decision;
      const matches = Object.entries(expected).every(([key, part]) =>
        Object.is(got[key as keyof typeof got], part),
      );
      atLine(i, () =>
        claim(matches, () => `got ${show(got)}, expected ${show(expected)} of ${show(answers)}`),
      );
    });
    noteAnswers(moments, reached);
  },
});

const laws: readonly CompositionLaw[] = [
  identity,
  associative,
  commutative,
  strictestWins,
  refusalCostsNothing([2, 3]),
  hintExact([2, 4]),
  hintIsKept([2, 4], true),
  ...contractLaws([0, 3]),
  ...asPolicyLaws([0, 3]),
];

/**
 * Checks a combinator that claims to compose as `allOf` does: a launch needs the consent of all.
 *
 * Effect: composes members of the kit, or those given, and runs them on some hundred scripts.
 * Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError` for bad options.
 *
 * @since 0.1.0
 * @example
 * checkAllOf(allOf).passed.includes("strictest-answer-wins"); // => true
 */
export function checkAllOf(
  allOf: (...members: readonly RestartPolicy[]) => RestartPolicy,
  options: CompositionCheckOptions = {},
): LawReport {
  readArguments("checkAllOf", arguments, 2);
  return checkCombinator("checkAllOf", allOf, (members) => allOf(...members), laws, options);
}
