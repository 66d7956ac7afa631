// What is old is forgotten, and who says that there is nothing to remember is right.

import type { Millis } from "@steadfast/policy";
import fc from "fast-check";
import { show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { trial } from "../kernel/law.js";
import {
  type Continued,
  casesOf,
  longContinued,
  shorterContinued,
  showContinued,
} from "./continued.js";
import type { Meets } from "./meets.js";
import { PROBED } from "./probe.js";
import { remembers } from "./remembers.js";
import { exited, life, type RestartScript } from "./script.js";
import { claimSameDecisions, type PolicyLaw } from "./script-law.js";
import { decisionsOf, endOf, launchedAt, tell } from "./tell.js";

interface Silence extends Continued {
  readonly silenceMs: Millis;
}

function* shorterSilence(input: Silence): Generator<Silence> {
  yield* shorterContinued(input);
  if (input.silenceMs > 0) yield { ...input, silenceMs: 0 };
}

/** A failure, and the request after it. */
const AFTER: RestartScript = life(exited(0, 0), 0.5);

/** Sequels after a silence, and what to call it when they would have been answered otherwise before. */
const REMEMBERED = "a sequel that was answered otherwise before the silence";

const oldEventsForgotten: PolicyLaw = {
  name: "old-events-forgotten",
  says: "no event older than the window changes a decision: after a silence as long as all durations together, it decides as a fresh one",
  advice:
    "If more than a window is remembered by design, leave `windowMs` out of `describe`; if it counts for longer, put that into `timesMs`.",
  trial(subject) {
    const { policy, describe, probe, sequels, silenceMs } = subject;
    if (describe?.windowMs === undefined) return "it declares no windowMs";
    if (subject.beyond !== null) return subject.beyond;
    const remembered = remembers(policy, REMEMBERED);
    return trial<Silence>({
      inputs: fc.record({
        before: probe.scriptsEndingIn(remembered),
        silenceMs: fc.constantFrom(silenceMs, silenceMs + 1, 4 * silenceMs),
        after: sequels,
      }),
      cases: casesOf(subject, remembered),
      shorter: shorterSilence,
      always: longContinued(subject, AFTER).map((told) => ({ ...told, silenceMs })),
      holds({ before, silenceMs, after }, reached) {
        const { now, state } = endOf(policy, tell(policy, before));
        const at = now + silenceMs;
        const fresh = decisionsOf(tell(policy, after, { at }));
        const soon = decisionsOf(tell(policy, after, { at: now, state }));
        if (!deepEqual(soon, fresh)) reached(REMEMBERED);
        const answers = decisionsOf(tell(policy, after, { at, state }));
        claimSameDecisions(answers, fresh, `after a silence of ${silenceMs} ms it decided`);
      },
      show: showContinued(subject),
    });
  },
};

const idleIsHonest: PolicyLaw = {
  name: "idle-is-honest",
  says: "a state that is `idle` answers everything as a fresh one would",
  trial(subject) {
    const { policy, probe, sequels, silenceMs, times } = subject;
    if (typeof policy.idle !== "function") return "it has no `idle`";
    const anIdleState: Meets = {
      name: "an idle state",
      absent: "it was never idle",
      at: ({ after, now }) => policy.idle?.(after, now + silenceMs) === true,
    };
    if (!subject.comesTo(anIdleState)) return `${anIdleState.absent} in ${PROBED} scripts`;
    return trial<Silence>({
      inputs: fc.record({
        before: probe.scriptsTo(anIdleState),
        silenceMs: fc.constantFrom(silenceMs, 0, ...times.flatMap((ms) => [ms, ms - 1, ms + 1])),
        after: sequels,
      }),
      cases: [anIdleState.name],
      shorter: shorterSilence,
      holds({ before, silenceMs, after }, reached) {
        const moments = tell(policy, before).map((moment) => ({
          at: launchedAt(moment) + silenceMs,
          state: moment.after,
        }));
        const idle = moments.filter(({ at, state }) => policy.idle?.(state, at));
        if (idle.length > 0) reached(anIdleState.name);
        for (const { at, state } of idle.slice(-3)) {
          const answers = decisionsOf(tell(policy, after, { at, state }));
          const fresh = decisionsOf(tell(policy, after, { at }));
          claimSameDecisions(answers, fresh, `idle at ${at} with ${show(state)}, it decided`);
        }
      },
      show: showContinued(subject),
    });
  },
};

export const forgettingLaws: readonly PolicyLaw[] = [oldEventsForgotten, idleIsHonest];
