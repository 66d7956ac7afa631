// At any time, forwards and backwards: nothing throws, and what lies in the future has the age 0.

import { decisionFault, type Millis, type RestartEvent } from "@steadfast/policy";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { shorterList } from "../kernel/shorten.js";
import { textTable } from "../kernel/text-table.js";
import { type Continued, casesOf, shorterContinued, showContinued } from "./continued.js";
import { aDuration } from "./meets.js";
import { ask, linesIn, pick, type RestartScript, type ScriptEvent } from "./script.js";
import { atLine, claimSameDecisions, type PolicyLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { eventText, fitting } from "./table.js";
import { decisionsOf, endOf, eventAt, tell, WALL } from "./tell.js";

const MAX = Number.MAX_SAFE_INTEGER;

/** An event at an instant of any kind. */
interface Anytime {
  readonly at: Millis;
  readonly event: ScriptEvent;
}

const INSTANTS: readonly Millis[] = [0, 1, -1, MAX, -MAX, MAX - 1, 1_000, 2 ** 31, 2 ** 41];

/** Each event at an extreme instant, or a little after the one before; uptimes may be extreme, too. */
function anytime(lines: RestartScript, jumps: readonly number[]): readonly Anytime[] {
  let at = 0;
  return linesIn(lines).map(({ gapMs, event }, i) => {
    const jump = pick(jumps, i);
    at = jump < INSTANTS.length ? pick(INSTANTS, jump) : Math.min(MAX, at + Math.abs(gapMs));
    if (event.type !== "exited") return { at, event };
    return { at, event: { ...event, uptimeMs: pick([event.uptimeMs, 0, MAX], jump) } };
  });
}

const total: PolicyLaw = {
  name: "total",
  says: "no legal event at any time throws: also at 0, below 0, at 2^53-1, after a step back, after an uptime of 2^53-1",
  trial: ({ policy, scripts }) =>
    trial<readonly Anytime[]>({
      inputs: fc
        .tuple(scripts, fc.array(fc.nat(17), { minLength: 1, maxLength: 8 }))
        .map(([lines, jumps]) => anytime(lines, jumps)),
      shorter: (events) => shorterList(events, { least: 1 }),
      holds(events) {
        let state = policy.initial();
        events.forEach(({ at, event }, i) => {
          const told = eventAt(event, WALL);
          atLine(i, () => {
            const [next, decision] = policy.step(state, told, at);
            const fault = decisionFault(told, decision);
            claim(fault === null, () => `${fault}; the decision was ${show(decision)}`);
            state = next;
          });
        });
      },
      show: (events) =>
        textTable([
          ["#", "now", "event"],
          ...fitting(events.map(({ at, event }, i) => [`${i + 1}`, `${at}`, eventText(event)])),
        ]),
    }),
};

/** At least so many times the longest duration, and a multiple of all. */
function farMs({ longestMs, multipleMs }: PolicySubject, factor: number): Millis {
  return Math.ceil(Math.min(factor * longestMs, 2 ** 49) / multipleMs) * multipleMs;
}

const backwards: PolicyLaw = {
  name: "backwards-is-standing-still",
  says: "a clock that goes back makes nothing throw, and negative ages count as 0: however far back it goes, the answers are the same",
  trial(subject) {
    const { policy, probe, sequels } = subject;
    const farBackMs = farMs(subject, 256);
    return trial<Continued>({
      inputs: fc.record({ before: probe.scriptsEndingIn(aDuration), after: sequels }),
      cases: casesOf(subject, aDuration),
      shorter: shorterContinued,
      holds({ before, after }, reached) {
        const told = tell(policy, before);
        const last = told.at(-1);
        // What was answered with a duration is asked again, first of all.
        const again = last && aDuration.at(last) ? [ask(0, drawIn(last.event))] : [];
        const { now } = endOf(policy, told);
        const state = last && again.length > 0 ? last.before : endOf(policy, told).state;
        const wall = WALL + now;
        // Before all that happened: then everything that is remembered lies ahead.
        const begunAt = told[0]?.now ?? now;
        const whole = Math.floor(begunAt / subject.multipleMs) * subject.multipleMs;
        const back = whole - farBackMs;
        const atOnce: RestartScript = [
          ...again,
          ...linesIn(after)
            .slice(0, 6)
            .map(({ event }) => ({ gapMs: 0, event })),
        ];
        const moments = tell(policy, atOnce, { at: back, wall, state });
        const further = tell(policy, atOnce, { at: back - 2 * farBackMs, wall, state });
        if (moments.some(aDuration.at)) reached(aDuration.name);
        claimSameDecisions(
          decisionsOf(further),
          decisionsOf(moments),
          "even further back it decided",
        );
        const later = tell(policy, after, { at: now, state: endOf(policy, moments, back).state });
        for (const { event, decision } of [...moments, ...later]) {
          const fault = decisionFault(event, decision);
          claim(fault === null, () => `${fault}; the decision was ${show(decision)}`);
        }
      },
      show: showContinued(subject),
    });
  },
};

const drawIn = (event: RestartEvent): number => (event.type === "launch" ? event.draw : 0);

export const anytimeLaws: readonly PolicyLaw[] = [total, backwards];
