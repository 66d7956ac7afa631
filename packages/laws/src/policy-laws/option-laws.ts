// Options do something, and a first request does not wait.

import type { Millis } from "@steadfast/policy";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { trial } from "../kernel/law.js";
import { crashLoop } from "./crash-loop.js";
import { durationsOf } from "./durations.js";
import { ask } from "./script.js";
import type { PolicyLaw } from "./script-law.js";
import { scripts } from "./some-script.js";
import type { PolicySubject } from "./subject.js";
import { decisionsOf, tell, tellAsFarAsItGoes } from "./tell.js";

const SEED = 20_190_704;
const TRIED = 400;

/** Whether two policies ever decide differently. */
function differs({ policy, times, counts, variants }: PolicySubject, option: string): boolean {
  const variant = variants[option];
  claim(variant !== undefined, () => `\`variants\` has no ${show(option)}`);
  const both = { times: durationsOf(variant.describe, times), counts };
  const found = fc
    .sample(scripts(both, { maxParts: 14 }), { seed: SEED, numRuns: TRIED })
    .some((script) => {
      const [one, other] = [policy, variant].map((each) =>
        decisionsOf(tellAsFarAsItGoes(each, script)),
      );
      return !deepEqual(one, other);
    });
  if (found) return true;
  return [0, 0.5].some((draw) => {
    const loop = { lives: 1_100, lifeMs: 0, healthyAfterMs: null, healthyFrom: 0, draw };
    const [one, other] = [policy, variant].map((each) =>
      crashLoop(each, loop).map(({ first, admittedAt }) => [first, admittedAt]),
    );
    return !deepEqual(one, other);
  });
}

const everyOptionMatters: PolicyLaw = {
  name: "every-option-matters",
  says: "each option changes some decision: none is ignored",
  needs: ["variants"],
  trial(subject) {
    const names = Object.keys(subject.variants);
    if (names.length === 0) return "no `variants` were given";
    const known = new Map<string, boolean>();
    return trial<string>({
      inputs: fc.constantFrom(...names),
      holds(option) {
        const matters = known.get(option) ?? differs(subject, option);
        known.set(option, matters);
        claim(matters, () => `${option} changed no decision in ${TRIED} scripts`);
      },
      show: (option) => `  the option ${option}`,
    });
  },
};

interface FirstRequest {
  readonly at: Millis;
  readonly draw: number;
}

const startNeverWaits: PolicyLaw = {
  name: "start-never-waits",
  says: "the first request of a supervisor is launched at once, if it is launched",
  trial: ({ policy }) =>
    trial<FirstRequest>({
      inputs: fc.record({
        at: fc.constantFrom(0, 1, -1, 1_000, 2 ** 41),
        draw: fc.constantFrom(0, 0.5, 1 - 2 ** -53),
      }),
      holds({ at, draw }) {
        const [moment] = tell(policy, [ask(0, draw, "start")], { at });
        const decision = moment?.decision;
        const waits = decision?.type === "launch" && decision.delayMs > 0;
        claim(!waits, () => `it was answered ${show(decision)}`);
      },
      show: ({ at, draw }) => `  start at ${at}, draw ${draw}`,
    }),
};

export const optionLaws: readonly PolicyLaw[] = [everyOptionMatters, startNeverWaits];
