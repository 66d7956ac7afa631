// The laws of "not yet is a delay", on any function that claims to do that to a policy.

import {
  giveUp,
  launch,
  type RestartDecision,
  type RestartPolicy,
  readArguments,
  refuse,
} from "@steadfast/policy";
import { claim, claimSame, show } from "../kernel/claim.js";
import type { LawReport } from "../kernel/report.js";
import { atLine } from "../policy-laws/script-law.js";
import { type Moment, tell } from "../policy-laws/tell.js";
import { asPolicyLaws } from "./as-policy-laws.js";
import { checkCombinator } from "./check-combinator.js";
import {
  A_DELAY,
  A_REFUSAL,
  type Combinator,
  claimAlike,
  compositionLaw,
  noteAnswers,
} from "./composition.js";
import { contractLaws } from "./contract-laws.js";
import type { CompositionCheckOptions } from "./options.js";
import { always } from "./zoo.js";

/** So often a policy of the kit is asked before it launches, with room to spare. */
const LOOKS = 64;

/** A policy stepped by the rule: after a "not yet" it is asked again as of the hint, in the state that left. */
function waitedOut(policy: RestartPolicy) {
  let state = policy.initial();
  return ({ event, now }: Moment): RestartDecision => {
    let [next, answer] = policy.step(state, event, now);
    let wait = 0;
    for (let look = 0; look < LOOKS && event.type === "launch"; look++) {
      if (answer.type !== "refuse" || answer.retryAfterMs === null) break;
      wait += answer.retryAfterMs;
      [next, answer] = policy.step(next, { ...event, wall: event.wall + wait }, now + wait);
    }
    state = next;
    return answer.type === "launch" && wait > 0 ? launch(wait + answer.delayMs) : answer;
  };
}

const WAITED_OUT = "a wait that became a delay";

const notYetIsADelay = compositionLaw({
  name: "not-yet-becomes-a-delay",
  says: "a wait becomes a launch after it: the policy is asked again as of its hint, once, and its delay then is added; everything else stays",
  size: [1, 1],
  cases: [WAITED_OUT, A_REFUSAL],
  holds({ members: [member = always], composed, script }, reached) {
    const ask = waitedOut(member);
    let plain = member.initial();
    const moments = tell(composed, script);
    moments.forEach((moment, i) => {
      const expected = ask(moment);
      const [next, answer] = member.step(plain, moment.event, moment.now);
      plain = next;
      if (answer.type === "refuse" && expected.type === "launch") reached(WAITED_OUT);
      atLine(i, () => claimSame(moment.decision, expected, "the decision"));
    });
    noteAnswers(moments, reached);
  },
});

const givenUpStays = compositionLaw({
  name: "given-up-stays-given-up",
  says: "a policy that never says not yet is left as it is",
  size: [1, 1],
  cases: [A_REFUSAL],
  holds({ make, members: [member = always], script, unitMs }, reached) {
    const strict = giveUp(member);
    noteAnswers(claimAlike(strict, make([strict], unitMs), script), reached);
  },
});

const twiceIsOnce = compositionLaw({
  name: "twice-is-once",
  says: "doing it twice is doing it once",
  size: [1, 1],
  cases: [A_DELAY],
  holds({ make, composed, script, unitMs }, reached) {
    noteAnswers(claimAlike(composed, make([composed], unitMs), script), reached);
  },
});

/** More often than this nobody asks for one answer. */
const MANY = 1_000;
const HINTS = [1, 1_000, Number.MAX_SAFE_INTEGER];

/** Says "not yet", whenever it is asked. */
function stubborn(hintMs: number, asked: { times: number }): RestartPolicy<null> {
  return {
    name: `not yet: ${hintMs}`,
    describe: { kind: "custom", options: {}, timesMs: [hintMs] },
    initial: () => null,
    step(state, event, now) {
      if (event.type !== "launch") return [state, { type: "noted" }];
      asked.times++;
      claim(asked.times <= MANY, () => `it asked ${MANY} times for one answer`);
      claim(now <= Number.MAX_SAFE_INTEGER, () => `it asked as of ${now}`);
      return [state, refuse("not-yet", hintMs)];
    },
    parse: () => null,
  };
}

const searchEnds = compositionLaw({
  name: "search-ends",
  says: "a policy that says not yet forever is refused in the end: it is asked a few times, and as of no instant beyond 2^53-1",
  size: [1, 1],
  cases: [],
  holds({ make, script, unitMs }) {
    for (const hintMs of HINTS) {
      const asked = { times: 0 };
      const policy = make([stubborn(hintMs, asked)], unitMs);
      const each = {
        ...policy,
        step(...told: Parameters<RestartPolicy["step"]>) {
          asked.times = 0;
          return policy.step(...told);
        },
      };
      tell(each, script).forEach(({ event, decision }, i) => {
        if (event.type !== "launch") return;
        const stays = decision.type === "refuse" && decision.retryAfterMs !== null;
        atLine(i, () => claim(stays, () => `of hints of ${hintMs} ms came ${show(decision)}`));
      });
    }
  },
});

const laws = [
  notYetIsADelay,
  givenUpStays,
  twiceIsOnce,
  searchEnds,
  ...contractLaws([1, 1]),
  ...asPolicyLaws([1, 1]),
];

/**
 * Checks a combinator that claims to do as `waitOut` does: every "not yet" becomes a delay.
 *
 * Effect: wraps members of the kit, or those given, and runs them on some hundred scripts.
 * Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError` for bad options.
 *
 * @since 0.1.0
 * @example
 * checkWaitOut(waitOut).passed.includes("not-yet-becomes-a-delay"); // => true
 */
export function checkWaitOut(
  waitOut: (policy: RestartPolicy) => RestartPolicy,
  options: CompositionCheckOptions = {},
): LawReport {
  readArguments("checkWaitOut", arguments, 2);
  const make: Combinator["make"] = ([policy = always]) => waitOut(policy);
  return checkCombinator("checkWaitOut", waitOut, make, laws, options);
}
