// A state can be saved and read back: by the next process, at another time, under other options.

import {
  decisionFault,
  isPolicyStateError,
  type Millis,
  type RestartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { BrokenClaim, claim, claimSame, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { type Continued, casesOf, shorterContinued, showContinued } from "./continued.js";
import type { Meets } from "./meets.js";
import { claimSameDecisions, type PolicyLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { decisionsOf, endOf, tell, WALL } from "./tell.js";

export const NO_PARSE = "it has no `parse`";
const SAVED = "a state that is not fresh";

export const noParse = ({ policy }: PolicySubject) => typeof policy.parse !== "function";

export const saved = (state: unknown): unknown => JSON.parse(JSON.stringify(state)) as unknown;

/** What `parse` makes of a state that the policy itself has written. */
function readBack(policy: RestartPolicy, state: unknown, now: Millis): unknown {
  try {
    return policy.parse(saved(state), now);
  } catch (error) {
    if (!isPolicyStateError(error)) throw error;
    const own = "`parse` rejected a state that the policy itself has written";
    const advice =
      "the default `parse` of restartPolicy accepts the initial state only: if there is no other, write one";
    throw new BrokenClaim(`${own}, ${show(state)}: ${error.message}. ${advice}`);
  }
}

const notFresh = ({ policy }: PolicySubject): Meets => ({
  name: SAVED,
  absent: "its state is always fresh",
  at: ({ after }) => after !== policy.initial(),
});

const survivesJson: PolicyLaw = {
  name: "survives-json",
  says: "a state that was written as JSON and read by `parse` decides like the state itself; read twice it is the same",
  trial(subject) {
    const { policy, probe, sequels } = subject;
    if (noParse(subject)) return NO_PARSE;
    const remembers = notFresh(subject);
    return trial<Continued>({
      inputs: fc.record({ before: probe.scriptsEndingIn(remembers), after: sequels }),
      cases: casesOf(subject, remembers),
      shorter: shorterContinued,
      holds({ before, after }, reached) {
        const moments = tell(policy, before);
        const { now: at, state } = endOf(policy, moments);
        const read = readBack(policy, state, at);
        if (state !== policy.initial()) reached(SAVED);
        claimSame(policy.parse(saved(read), at), read, "read a second time");
        const kept = tell(policy, after, { at, state });
        const restored = tell(policy, after, { at, state: read });
        claimSameDecisions(
          decisionsOf(restored),
          decisionsOf(kept),
          "after it was read back it decided",
        );
      },
      show: showContinued(subject),
    });
  },
};

const parsePullsBack: PolicyLaw = {
  name: "parse-pulls-back",
  says: "`parse` pulls instants later than its `now` back to it: a state from a clock that was ahead is forgotten in as much time as any other",
  trial(subject) {
    const { policy, probe, sequels, longestMs, multipleMs, beyond } = subject;
    if (noParse(subject)) return NO_PARSE;
    if (beyond !== null) return beyond;
    const rounded = (ms: Millis) => Math.ceil(Math.min(ms, 2 ** 49) / multipleMs) * multipleMs;
    const silenceMs = rounded(64 * longestMs);
    const remembers = notFresh(subject);
    return trial<Continued>({
      inputs: fc.record({ before: probe.scriptsEndingIn(remembers), after: sequels }),
      cases: casesOf(subject, remembers),
      shorter: shorterContinued,
      holds({ before, after }, reached) {
        const moments = tell(policy, before);
        const { now: at, state } = endOf(policy, moments);
        const earlier = at - 4 * silenceMs;
        const pulled = readBack(policy, state, earlier);
        if (state !== policy.initial()) reached(SAVED);
        const wall = WALL + at + silenceMs;
        const kept = tell(policy, after, { at: at + silenceMs, wall, state });
        const early = tell(policy, after, { at: earlier + silenceMs, wall, state: pulled });
        claimSameDecisions(
          decisionsOf(early),
          decisionsOf(kept),
          "after a long silence it decided",
        );
      },
      show: showContinued(subject),
    });
  },
};

interface Foreign extends Continued {
  /** Whose state it is: a name of `variants`. */
  readonly option: string;
}

const stateOfOtherOptions: PolicyLaw = {
  name: "state-of-other-options",
  says: "a state that was written under other options is accepted, by `parse` and by `step`",
  needs: ["variants"],
  trial(subject) {
    const { policy, variants, probe, sequels } = subject;
    const names = Object.keys(variants);
    if (names.length === 0) return "no `variants` were given";
    const remembers = notFresh(subject);
    return trial<Foreign>({
      inputs: fc.record({
        option: fc.constantFrom(...names),
        before: probe.scriptsEndingIn(remembers),
        after: sequels,
      }),
      cases: casesOf(subject, remembers),
      shorter: shorterContinued,
      holds({ option, before, after }, reached) {
        const variant = variants[option];
        claim(variant !== undefined, () => `\`variants\` has no ${show(option)}`);
        const moments = tell(variant, before);
        const { now: at, state } = endOf(variant, moments);
        if (state !== variant.initial()) reached(SAVED);
        const states = noParse(subject) ? [state] : [state, policy.parse(saved(state), at)];
        for (const foreign of states) {
          for (const { event, decision } of tell(policy, after, { at, state: foreign })) {
            const fault = decisionFault(event, decision);
            claim(fault === null, () => `from ${show(foreign)}: ${fault}`);
          }
        }
      },
      show: showContinued(subject),
    });
  },
};

export const savedLaws: readonly PolicyLaw[] = [survivesJson, parsePullsBack, stateOfOtherOptions];
