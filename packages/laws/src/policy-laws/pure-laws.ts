// A policy is a pure function of its state, the event and the instant.

import { decisionFault, type Json } from "@steadfast/policy";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { trial } from "../kernel/law.js";
import { inAnotherWorld } from "./other-world.js";
import type { RestartScript } from "./script.js";
import { atLine, type PolicyLaw, scriptLaw } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import { scriptTable } from "./table.js";
import { tell } from "./tell.js";

const deterministic: PolicyLaw = {
  name: "deterministic",
  says: "told the same it does the same, whatever the machine's clocks, time zone and random sources say",
  trial: ({ policy, scripts, longScripts }) =>
    trial<RestartScript>({
      inputs: scripts,
      always: longScripts,
      shorter: shorterScript,
      holds(script) {
        const again = inAnotherWorld(() => tell(policy, script));
        tell(policy, script).forEach(({ after, decision }, i) => {
          atLine(i, () => {
            claimSame(again[i]?.decision, decision, "told again, the decision");
            claimSame(again[i]?.after, after, "told again, the state");
          });
        });
      },
      show: (script) => scriptTable(policy, script),
    }),
};

const madeAlike: PolicyLaw = {
  name: "made-alike",
  says: "made once more, at another time and with other chance, it decides the same: a factory captures no clock, no draw and no memory that is shared",
  needs: ["make"],
  trial({ policy, make, scripts }) {
    if (make === undefined) return "`make` was not given";
    return trial<RestartScript>({
      inputs: scripts,
      shorter: shorterScript,
      holds(script) {
        const moments = tell(policy, script);
        for (const other of [make(), inAnotherWorld(make)]) {
          claimSame(other.describe, policy.describe, "made once more, `describe`");
          const told = tell(other, script);
          moments.forEach(({ decision }, i) => {
            atLine(i, () => claimSame(told[i]?.decision, decision, "made once more, the decision"));
          });
        }
      },
      show: (script) => scriptTable(policy, script),
    });
  },
};

const neverMutates: PolicyLaw = {
  name: "never-mutates",
  says: "neither the state nor the event that it is given is ever changed, by a step or by a look at `idle`",
  trial: ({ policy, scripts }) =>
    trial<RestartScript>({
      inputs: scripts,
      shorter: shorterScript,
      holds(script) {
        const moments = tell(policy, script);
        let state = policy.initial();
        moments.forEach(({ now, event }, i) => {
          const copies = [plainCopy(state), plainCopy(event)];
          const before = state;
          atLine(i, () => {
            policy.idle?.(before, now);
            claimSame(before, copies[0], "`idle` changed the state in place, it became");
            [state] = policy.step(before, event, now);
            claimSame(before, copies[0], "the state was changed in place, it became");
            claimSame(event, copies[1], "the event was changed in place, it became");
          });
        });
        state = deepFreeze(policy.initial());
        moments.forEach(({ now, event }, i) => {
          atLine(i, () => {
            [state] = policy.step(state, deepFreeze(event), now);
          });
          deepFreeze(state);
        });
      },
      show: (script) => scriptTable(policy, script),
    }),
};

/** A copy of data that may be anything; what has a prototype of its own is shared. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainCopy(part)]));
}

const quietMeansSame = scriptLaw({
  name: "quiet-means-same",
  says: "when nothing changed, the same reference comes back",
  holds(_, { before, after }) {
    claim(before === after || !deepEqual(before, after), () => `a copy of ${show(before)}`);
  },
});

const jsonSafe = scriptLaw({
  name: "json-safe",
  says: "states and decisions are plain JSON: no undefined, NaN, Infinity, -0, Date, Map, class",
  holds({ policy }, { after, decision }) {
    claimPlainJson(policy.initial(), "the initial state");
    claimPlainJson(after, "the state");
    claimPlainJson(decision, "the decision");
  },
});

/** Compared deeply: JSON on both sides would hide what JSON cannot hold. */
export function claimPlainJson(value: unknown, what: string): void {
  const text: string | undefined = JSON.stringify(value);
  const back = text === undefined ? undefined : (JSON.parse(text) as Json);
  claim(text !== undefined && deepEqual(back, value), () => {
    return `${what} is not what JSON makes of it: ${show(value)} became ${show(back)}`;
  });
}

const decisionsWithoutFault = scriptLaw({
  name: "decisions-without-fault",
  says: "facts are noted; requests are launched after a finite delay of at least 0, or refused with a reason and a whole wait of at least 1, or for good",
  holds(_, { event, decision }) {
    const fault = decisionFault(event, decision);
    claim(fault === null, () => `${fault}; the decision was ${show(decision)}`);
  },
});

export const pureLaws: readonly PolicyLaw[] = [
  deterministic,
  madeAlike,
  neverMutates,
  quietMeansSame,
  jsonSafe,
  decisionsWithoutFault,
];
