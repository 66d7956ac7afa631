// What forgives, forgives altogether: a reset everything, health what it changes at all.

import { type Millis, noted, type PolicyDescription, type RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { trial } from "../kernel/law.js";
import { shorterPart } from "../kernel/shorten.js";
import { type Continued, longContinued, shorterContinued } from "./continued.js";
import { descriptionsIn } from "./durations.js";
import type { Meets } from "./meets.js";
import { PROBED } from "./probe.js";
import { remembers } from "./remembers.js";
import { ask, drawOf, exited, type RestartScript } from "./script.js";
import { claimSameDecisions, type PolicyLaw } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import { bothTables, scriptTable } from "./table.js";
import { decisionsOf, endOf, type Moment, tell } from "./tell.js";

const FORGIVEN = "a sequel that is answered otherwise without the reset";
const RESET: RestartScript = [{ gapMs: 0, event: { type: "reset" } }];

const resetIsFresh: PolicyLaw = {
  name: "reset-is-fresh",
  says: "a reset restores the initial behaviour: what comes after it is decided as on a fresh state",
  trial(subject) {
    const { policy, probe, sequels, comesTo } = subject;
    const remembered = remembers(policy, FORGIVEN);
    return trial<Continued>({
      inputs: fc.record({
        before: probe.scriptsEndingIn(remembered),
        after: sequels,
      }),
      cases: comesTo(remembered) ? [FORGIVEN] : [],
      always: longContinued(subject, crash(0, 0.5)),
      shorter: shorterContinued,
      holds({ before, after }, reached) {
        const { now: at, state: kept } = endOf(policy, tell(policy, before));
        const [moment] = tell(policy, RESET, { at, state: kept });
        claimSame(moment?.decision, noted, "a reset is a fact, it was answered");
        const fresh = decisionsOf(tell(policy, after, { at }));
        if (!deepEqual(decisionsOf(tell(policy, after, { at, state: kept })), fresh)) {
          reached(FORGIVEN);
        }
        const answers = decisionsOf(tell(policy, after, { at, state: moment?.after }));
        claimSameDecisions(answers, fresh, "after a reset it decided");
      },
      show: ({ before, after }) => bothTables(policy, before, "then a reset, and", after),
    });
  },
};

const crash = (uptimeMs: Millis, draw: number): RestartScript => [
  exited(uptimeMs, uptimeMs),
  ask(0, draw),
];
const HEALTHY: RestartScript = [{ gapMs: 0, event: { type: "healthy" } }];

interface Health {
  readonly before: RestartScript;
  readonly lifeMs: Millis;
  readonly draw: number;
}

function* shorterHealth(input: Health): Generator<Health> {
  yield* shorterPart(input, "before", shorterScript);
  if (input.lifeMs > 0) yield { ...input, lifeMs: 0 };
  if (input.draw > 0) yield { ...input, draw: 0 };
}

/** What a failure is answered after what was, with and without health before it, and on a fresh state. */
function answers(
  policy: RestartPolicy,
  { after: state, now: at }: Moment,
  health: Omit<Health, "before">,
) {
  const failure = crash(health.lifeMs, health.draw);
  const last = (script: RestartScript, from: unknown) =>
    tell(policy, script, { at, state: from }).at(-1)?.decision;
  return {
    healthy: last([...HEALTHY, ...failure], state),
    without: last(failure, state),
    fresh: last(failure, policy.initial()),
  };
}

const PAUSES = "decayingBudget delays as a limit does: what it counts is no matter of health";

const pauses = ({ kind, options }: Partial<PolicyDescription>) =>
  kind === "decayingBudget" && options?.onTrip === "delay";

const healthMatters = (policy: RestartPolicy): Meets => ({
  name: "health that changes an answer",
  absent: "`healthy` changes no answer",
  at(moment) {
    if (moment.decision?.type !== "launch") return false;
    const { healthy, without } = answers(policy, moment, { lifeMs: 0, draw: 0.5 });
    return !deepEqual(healthy, without);
  },
});

const healthyResets: PolicyLaw = {
  name: "healthy-resets",
  says: "where health changes anything, the next failure is delayed like the very first one",
  advice:
    'If health forgives one failure at a time by design, skip this law and say so: skip: { "healthy-resets": "..." }.',
  trial(subject) {
    const { policy, describe, probe, times } = subject;
    if (descriptionsIn(describe).some(pauses)) return PAUSES;
    const matters = healthMatters(policy);
    if (!subject.comesTo(matters)) return `${matters.absent} in ${PROBED} scripts`;
    return trial<Health>({
      inputs: fc.record({
        before: probe.scriptsTo(matters),
        lifeMs: fc.constantFrom(0, 1, ...times),
        draw: fc.nat(63).map(drawOf),
      }),
      cases: [matters.name],
      shorter: shorterHealth,
      holds({ before, lifeMs, draw }, reached) {
        for (const moment of tell(policy, before)) {
          if (moment.decision.type !== "launch") continue;
          const { healthy, without, fresh } = answers(policy, moment, { lifeMs, draw });
          if (!deepEqual(healthy, without)) reached(matters.name);
          // A limit may refuse all the same: what it counts is not a matter of health.
          const both = healthy?.type === "launch" && fresh?.type === "launch";
          claim(
            !both || healthy.delayMs === fresh.delayMs,
            () => `a failure after health: ${show(healthy)}; the very first one: ${show(fresh)}`,
          );
        }
      },
      show: ({ before, lifeMs, draw }) =>
        `${scriptTable(policy, before)}\n  then healthy, and a failure ${lifeMs} ms later, draw ${draw}`,
    });
  },
};

export const forgivingLaws: readonly PolicyLaw[] = [resetIsFresh, healthyResets];
