// The laws of "one after the other", on any function that claims to compose like that.

import { type RestartDecision, type RestartPolicy, readArguments } from "@steadfast/policy";
import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { type Law, trial } from "../kernel/law.js";
import type { LawReport } from "../kernel/report.js";
import { type CrashLoop, crashLoop } from "../policy-laws/crash-loop.js";
import { loopTable } from "../policy-laws/loop-table.js";
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
import { contractLaws, hintExact, hintIsKept, refusalCostsNothing } from "./contract-laws.js";
import type { CompositionCheckOptions } from "./options.js";
import { always, pauseOf, windowOf } from "./zoo.js";

const identity = compositionLaw({
  name: "identity",
  says: "a policy that always launches at once changes nothing, before or after another",
  size: [1, 1],
  steady: true,
  cases: [A_REFUSAL],
  holds({ make, members: [member], script, unitMs }, reached) {
    if (member === undefined) return;
    claimAlike(member, make([member, always], unitMs), script);
    noteAnswers(claimAlike(member, make([always, member], unitMs), script), reached);
  },
});

const associative = compositionLaw({
  name: "associative",
  says: "how steady members are bracketed changes no decision, reasons included",
  size: [3, 3],
  steady: true,
  cases: [A_WAIT],
  holds({ make, members: [a, b, c], script, unitMs }, reached) {
    if (!a || !b || !c) return;
    const left = make([make([a, b], unitMs), c], unitMs);
    const right = make([a, make([b, c], unitMs)], unitMs);
    noteAnswers(claimAlike(left, right, script), reached);
  },
});

/** Two members with a state each, stepped by the rules. */
function membersOf([first, second]: readonly [RestartPolicy, RestartPolicy]) {
  let states = [first.initial(), second.initial()] as const;
  return ({ event, now }: Moment): RestartDecision => {
    const [one, go] = first.step(states[0], event, now);
    if (event.type !== "launch") {
      const [two] = second.step(states[1], event, now);
      states = [one, two];
      return go;
    }
    if (go.type !== "launch") {
      states = [one, states[1]];
      return go;
    }
    const waitMs = Math.ceil(go.delayMs);
    const later = { ...event, wall: event.wall + waitMs };
    const [two, then] = second.step(states[1], later, now + waitMs);
    states = then.type === "launch" ? [one, two] : [states[0], two];
    if (then.type !== "launch") return then;
    return then.delayMs === 0 ? go : { type: "launch", delayMs: waitMs + then.delayMs };
  };
}

const AFTER_A_DELAY = "a second member asked after a delay";

const secondAskedLater = compositionLaw({
  name: "second-asked-as-of-then",
  says: "the second is asked as of the instant at which the first lets the child go, rounded up; delays add; a refusal of either refuses, and costs the other nothing; facts go to both",
  size: [2, 2],
  cases: [A_REFUSAL, AFTER_A_DELAY],
  holds({ members: [first, second], composed, script }, reached) {
    if (!first || !second) return;
    const ask = membersOf([first, second]);
    const moments = tell(composed, script);
    moments.forEach((moment, i) => {
      const expected = ask(moment);
      const { decision } = moment;
      atLine(i, () => {
        if (expected.type !== "refuse") {
          claimSame(decision, expected, "of its members' answers it made");
          return;
        }
        // The hint is the first instant at which both agree: `hint-exact` is about that.
        const never = expected.retryAfterMs === null;
        const fits = decision.type === "refuse" && (!never || decision.retryAfterMs === null);
        claim(fits, () => `of ${show(expected)} it made ${show(decision)}`);
      });
      if (decision.type === "launch" && decision.delayMs > 0) reached(AFTER_A_DELAY);
    });
    noteAnswers(moments, reached);
  },
});

const LIMIT = 2;
const WINDOW_MS = 60;
const FULL = "a full window";

const launchesBounded: Law<Combinator> = {
  name: "launches-bounded",
  says: "a window after a delay bounds launches, not admissions: no half-open window holds more launches than its limit",
  trial({ make }) {
    const policy = make([pauseOf(20, 50), windowOf(LIMIT, WINDOW_MS)], 1);
    return trial<CrashLoop>({
      inputs: fc.record({
        lives: fc.integer({ min: 3, max: 12 }),
        lifeMs: fc.nat(40),
        healthyAfterMs: fc.constantFrom(null, 0, 5),
        healthyFrom: fc.nat(6),
        draw: fc.constant(0.5),
      }),
      cases: [FULL],
      holds(loop, reached) {
        const launches = crashLoop(policy, loop).flatMap(({ answer, admittedAt }) =>
          answer.type === "launch" ? [admittedAt + Math.ceil(answer.delayMs)] : [],
        );
        for (const at of launches) {
          const held = launches.filter((other) => other >= at && other < at + WINDOW_MS).length;
          if (held === LIMIT) reached(FULL);
          claim(held <= LIMIT, () => `${held} launches from ${at} on, at most ${LIMIT}`);
        }
      },
      show: (loop) => loopTable(loop, crashLoop(policy, loop)),
    });
  },
};

const laws = [
  identity,
  associative,
  secondAskedLater,
  launchesBounded,
  refusalCostsNothing([2, 2]),
  hintExact([2, 2]),
  hintIsKept([2, 2], false),
  ...contractLaws([2, 2]),
  ...asPolicyLaws([2, 2]),
];

/**
 * Checks a combinator that claims to compose as `inTurn` does: the second policy is asked as of the
 * instant at which the first lets the child go.
 *
 * Effect: composes members of the kit, or those given, and runs them on some hundred scripts.
 * Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError` for bad options.
 *
 * @since 0.1.0
 * @example
 * checkInTurn(inTurn).passed.includes("launches-bounded"); // => true
 */
export function checkInTurn(
  inTurn: (first: RestartPolicy, second: RestartPolicy) => RestartPolicy,
  options: CompositionCheckOptions = {},
): LawReport {
  readArguments("checkInTurn", arguments, 2);
  const make: Combinator["make"] = ([first = always, second = always]) => inTurn(first, second);
  return checkCombinator("checkInTurn", inTurn, make, laws, options);
}
