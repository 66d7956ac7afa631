// A refusal is a decision: it costs nothing, and says when to ask again.

import type { LaunchEvent, Millis } from "@steadfast/policy";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { shorterPart } from "../kernel/shorten.js";
import { aNever, aRefusal, aWait } from "./meets.js";
import type { RestartScript, ScriptEvent, ScriptLine } from "./script.js";
import { claimSameDecisions, notRun, type PolicyLaw, scriptLaw } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import type { PolicySubject } from "./subject.js";
import { bothTables } from "./table.js";
import { decisionsOf, type Moment, tell } from "./tell.js";

/** The answer to the same request, put so much later to what the first one left behind. */
function askedLater({ policy }: PolicySubject, { now, event, after }: Moment, ms: Millis) {
  const { wall } = event as LaunchEvent;
  return policy.step(after, { ...(event as LaunchEvent), wall: wall + ms }, now + ms)[1];
}

const retryAfterExact = scriptLaw({
  name: "retry-after-exact",
  says: "a hint is exact: asked one millisecond sooner it is refused again, asked then it is launched",
  about: aWait,
  holds(subject, moment) {
    const { decision, now } = moment;
    if (decision.type !== "refuse" || decision.retryAfterMs === null) return;
    const wait = decision.retryAfterMs;
    if (now + wait > Number.MAX_SAFE_INTEGER) return;
    const sooner = askedLater(subject, moment, wait - 1);
    claim(
      sooner.type === "refuse",
      () => `told to wait ${wait}, asked 1 ms sooner: ${show(sooner)}`,
    );
    const then = askedLater(subject, moment, wait);
    claim(then.type === "launch", () => `told to wait ${wait}, asked then: ${show(then)}`);
  },
});

const neverMeansNever = scriptLaw({
  name: "never-means-never",
  says: "a refusal for good stays one, however much time passes, until something else happens",
  about: aNever,
  unless: ({ isMadeOf }) =>
    isMadeOf("giveUp") ? "giveUp says never where time would help: that is what it is for" : null,
  holds(subject, moment) {
    for (const ms of [1, ...subject.times, subject.silenceMs, 64 * subject.silenceMs]) {
      const later = askedLater(subject, moment, ms);
      const never = later.type === "refuse" && later.retryAfterMs === null;
      claim(never, () => `refused for good, asked ${ms} ms later: ${show(later)}`);
    }
  },
});

interface Refused {
  readonly script: RestartScript;
  /** What comes after a refusal, at once or when the wait is over. */
  readonly after: RestartScript;
}

function* shorterRefused(input: Refused): Generator<Refused> {
  yield* shorterPart(input, "after", shorterScript);
  yield* shorterPart(input, "script", shorterScript);
}

/** So many refusals of a script are looked at. */
const LOOKED_AT = 5;

const refusalCostsNothing: PolicyLaw = {
  name: "refusal-costs-nothing",
  says: "a refused request changes no later answer, however often it is put: what follows is decided as if it had not been put",
  trial(subject) {
    const reason = notRun(subject, aRefusal);
    if (reason !== null) return reason;
    const { policy, probe, sequels, longScripts } = subject;
    return trial<Refused>({
      inputs: fc.record({ script: probe.scriptsTo(aRefusal), after: sequels }),
      cases: [aRefusal.name],
      always: longScripts.map((script) => ({ script, after: [] })),
      shorter: shorterRefused,
      holds({ script, after }, reached) {
        const moments = tell(policy, script);
        const refused = [...moments.entries()].filter(([, moment]) => aRefusal.at(moment));
        if (refused.length > 0) reached(aRefusal.name);
        for (const [i, { now, event, decision, before, after: once }] of refused.slice(
          -LOOKED_AT,
        )) {
          const again = tell(policy, [atOnce(event), atOnce(event)], { at: now, state: once });
          const often = again.every(aRefusal.at) ? again.at(-1)?.after : once;
          const waitMs = (decision.type === "refuse" && decision.retryAfterMs) || 0;
          for (const at of [now, Math.min(now + waitMs, FARTHEST)]) {
            const spared = decisionsOf(tell(policy, after, { at, state: before }));
            const answers = decisionsOf(tell(policy, after, { at, state: often }));
            const what = `after the refusal at #${i + 1}, from ${at} on, it decided`;
            claimSameDecisions(answers, spared, what);
          }
        }
      },
      show: ({ script, after }) => bothTables(policy, script, "and after a refusal", after),
    });
  },
};

const FARTHEST = 2 ** 52;
const atOnce = (event: ScriptEvent): ScriptLine => ({ gapMs: 0, event });

export const refusalLaws: readonly PolicyLaw[] = [
  retryAfterExact,
  neverMeansNever,
  refusalCostsNothing,
];
