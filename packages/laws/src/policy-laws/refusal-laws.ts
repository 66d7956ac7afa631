// A refusal is a decision: it costs nothing, and says when to ask again.

import type { LaunchEvent, Millis } from "@steadfast/policy";
import { claim, claimSame, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { aNever, aRefusal, aWait } from "./meets.js";
import type { RestartScript, ScriptLine } from "./script.js";
import { atLine, notRun, type PolicyLaw, scriptLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { scriptTable } from "./table.js";
import { type Moment, scriptOf, tell } from "./tell.js";

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

const refusalCostsNothing: PolicyLaw = {
  name: "refusal-costs-nothing",
  says: "a refused request changes no later answer: without it everything else is decided alike",
  trial(subject) {
    const reason = notRun(subject, aRefusal);
    if (reason !== null) return reason;
    const { policy, probe } = subject;
    const cases = ["a refusal, and something after it"];
    return trial<RestartScript>({
      inputs: probe.scriptsTo(aRefusal),
      cases,
      holds(script, reached) {
        const moments = tell(policy, script);
        const refused = moments.map(aRefusal.at);
        const kept = moments.filter((_, i) => !refused[i]);
        if (refused.indexOf(true) < refused.lastIndexOf(false) && refused.includes(true)) {
          reached(cases[0] as string);
        }
        const others = tell(policy, without(scriptOf(moments), refused), { strict: true });
        kept.forEach((moment, i) => {
          const line = moments.indexOf(moment);
          const what = "without the refused requests before it, the decision";
          atLine(line, () => claimSame(others[i]?.decision, moment.decision, what));
        });
      },
      show: (script) => scriptTable(policy, script),
    });
  },
};

/** The script without some lines; their gaps go to the next one. */
function without(script: RestartScript, left: readonly boolean[]): RestartScript {
  const kept: ScriptLine[] = [];
  let gapMs = 0;
  script.forEach((line, i) => {
    gapMs += line.gapMs;
    if (left[i]) return;
    kept.push({ ...line, gapMs });
    gapMs = 0;
  });
  return kept;
}

export const refusalLaws: readonly PolicyLaw[] = [
  retryAfterExact,
  neverMeansNever,
  refusalCostsNothing,
];
