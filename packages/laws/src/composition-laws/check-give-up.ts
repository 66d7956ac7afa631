// The laws of "not yet is never", on any function that claims to do that to a policy.

import { type RestartPolicy, readArguments } from "@steadfast/policy";
import { claimSame } from "../kernel/claim.js";
import type { LawReport } from "../kernel/report.js";
import { atLine } from "../policy-laws/script-law.js";
import { tell } from "../policy-laws/tell.js";
import { asPolicyLaws } from "./as-policy-laws.js";
import { checkCombinator } from "./check-combinator.js";
import { A_WAIT, type Combinator, claimAlike, compositionLaw, noteAnswers } from "./composition.js";
import { contractLaws } from "./contract-laws.js";
import type { CompositionCheckOptions } from "./options.js";
import { always } from "./zoo.js";

const notYetIsNever = compositionLaw({
  name: "not-yet-becomes-never",
  says: "every wait becomes a refusal for good with the same reason; everything else stays, states included",
  size: [1, 1],
  cases: [A_WAIT],
  holds({ members: [member = always], composed, script }, reached) {
    const plain = tell(member, script);
    const strict = tell(composed, script);
    plain.forEach(({ decision }, i) => {
      const expected = decision.type === "refuse" ? { ...decision, retryAfterMs: null } : decision;
      atLine(i, () => claimSame(strict[i]?.decision, expected, "the decision"));
    });
    noteAnswers(plain, reached);
  },
});

const twiceIsOnce = compositionLaw({
  name: "twice-is-once",
  says: "doing it twice is doing it once",
  size: [1, 1],
  cases: ["a refusal"],
  holds({ make, composed, script, unitMs }, reached) {
    noteAnswers(claimAlike(composed, make([composed], unitMs), script), reached);
  },
});

const laws = [notYetIsNever, twiceIsOnce, ...contractLaws([1, 1]), ...asPolicyLaws([1, 1])];

/**
 * Checks a combinator that claims to do as `giveUp` does: every "not yet" becomes a "never".
 *
 * Effect: wraps members of the kit, or those given, and runs them on some hundred scripts.
 * Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError` for bad options.
 *
 * @since 0.1.0
 * @example
 * checkGiveUp(giveUp).passed.includes("not-yet-becomes-never"); // => true
 */
export function checkGiveUp(
  giveUp: (policy: RestartPolicy) => RestartPolicy,
  options: CompositionCheckOptions = {},
): LawReport {
  readArguments("checkGiveUp", arguments, 2);
  const make: Combinator["make"] = ([policy = always]) => giveUp(policy);
  return checkCombinator("checkGiveUp", giveUp, make, laws, options);
}
