// The common form of a law about policies: tell a script, and look at every moment, or at every moment
// of one kind. If the policy never comes to that kind of moment, the law is not run; if it does, it must
// in at least one of twenty runs.

import type { RestartDecision } from "@steadfast/policy";
import { claimSame } from "../kernel/claim.js";
import { AtPlace } from "../kernel/exception.js";
import { type Law, type Reached, trial } from "../kernel/law.js";
import type { Meets } from "./meets.js";
import { PROBED } from "./probe.js";
import type { RestartScript } from "./script.js";
import { shorterScript } from "./shorter-script.js";
import type { PolicySubject } from "./subject.js";
import { scriptTable } from "./table.js";
import { type Moment, tell } from "./tell.js";

export type PolicyLaw = Law<PolicySubject>;

export interface ScriptLaw {
  readonly name: string;
  readonly says: string;
  /** What to do where it is broken on purpose. Default: nothing can be said. */
  readonly advice?: string;
  /** The moments it is about. Left out: all. */
  readonly about?: Meets;
  /** Another reason why it cannot be run, or null. */
  readonly unless?: (subject: PolicySubject) => string | null;
  /** Throws where the law is broken. */
  readonly holds: (subject: PolicySubject, moment: Moment, reached: Reached) => void;
}

/** A law about each moment of a script. */
export function scriptLaw({ about, unless, holds, ...sign }: ScriptLaw): PolicyLaw {
  return {
    ...sign,
    trial(subject) {
      const reason = notRun(subject, about, unless);
      if (reason !== null) return reason;
      const { policy, probe, scripts } = subject;
      return trial<RestartScript>({
        inputs: about ? probe.scriptsTo(about) : scripts,
        cases: about ? [about.name] : [],
        always: subject.longScripts,
        shorter: shorterScript,
        holds(script, reached) {
          tell(policy, script).forEach((moment, i) => {
            if (about && !about.at(moment)) return;
            if (about) reached(about.name);
            atLine(i, () => holds(subject, moment, reached));
          });
        },
        show: (script) => scriptTable(policy, script),
      });
    },
  };
}

/** Why a law about such moments cannot be tried, or null. */
export function notRun(
  subject: PolicySubject,
  about: Meets | undefined,
  unless: ScriptLaw["unless"] = () => null,
): string | null {
  const reason = unless(subject);
  if (reason !== null) return reason;
  return about && !subject.comesTo(about) ? `${about.absent} in ${PROBED} scripts` : null;
}

/** Says at which line of the script something was wrong. */
export function atLine(index: number, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw new AtPlace(`at #${index + 1}`, error);
  }
}

/** Throws at the first decision that differs. */
export function claimSameDecisions(
  got: readonly RestartDecision[],
  expected: readonly RestartDecision[],
  what: string,
): void {
  expected.forEach((decision, i) => {
    atLine(i, () => claimSame(got[i], decision, what));
  });
}
