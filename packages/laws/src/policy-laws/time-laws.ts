// What time may do to a policy: nothing but pass.

import { decisionFault, type Millis, type RestartDecision } from "@steadfast/policy";
import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { trial } from "../kernel/law.js";
import { textTable } from "../kernel/text-table.js";
import { aDuration, type Meets } from "./meets.js";
import { PROBED } from "./probe.js";
import { pick, type RestartScript, type ScriptEvent, type ScriptLine } from "./script.js";
import { atLine, claimSameDecisions, type PolicyLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { bothTables, eventText, scriptTable } from "./table.js";
import { decisionsOf, endOf, eventAt, launchedAt, scriptOf, tell, WALL } from "./tell.js";

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
  return lines.map(({ gapMs, event }, i) => {
    const jump = pick(jumps, i);
    at = jump < INSTANTS.length ? pick(INSTANTS, jump) : Math.min(MAX, at + gapMs);
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
          ...events.map(({ at, event }, i) => [`${i + 1}`, `${at}`, eventText(event)]),
        ]),
    }),
};

interface Continued {
  readonly before: RestartScript;
  readonly after: RestartScript;
}

const showContinued =
  ({ policy }: PolicySubject) =>
  ({ before, after }: Continued) =>
    bothTables(policy, before, "then", after);

/** The case is only asked for where the policy ever comes to it. */
const casesOf = (subject: PolicySubject, meets: Meets) =>
  subject.comesTo(meets) ? [meets.name] : [];

/** At least so many times the longest duration, and a multiple of all. */
function farMs({ longestMs, multipleMs }: PolicySubject, factor: number): Millis {
  return Math.ceil(Math.min(factor * longestMs, 2 ** 49) / multipleMs) * multipleMs;
}

const backwards: PolicyLaw = {
  name: "backwards-is-standing-still",
  says: "a clock that goes back makes nothing throw, and negative ages count as 0: however far back it goes, the answers are the same",
  trial(subject) {
    const { policy, probe, sequels } = subject;
    const back = -farMs(subject, 256);
    return trial<Continued>({
      inputs: fc.record({ before: probe.scriptsEndingIn(aDuration), after: sequels }),
      cases: casesOf(subject, aDuration),
      holds({ before, after }, reached) {
        const { now, state } = endOf(policy, tell(policy, before));
        const wall = WALL + now;
        const atOnce: RestartScript = after.slice(0, 6).map(({ event }) => ({ gapMs: 0, event }));
        const moments = tell(policy, atOnce, { at: back, wall, state });
        const further = tell(policy, atOnce, { at: 3 * back, wall, state });
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

interface Shifted {
  readonly script: RestartScript;
  /** A multiple of every duration. */
  readonly shiftMs: Millis;
}

const timeShift: PolicyLaw = {
  name: "time-shift",
  says: "only distances in time count: the same script at another time of day is answered alike",
  trial(subject) {
    const { policy, probe, multipleMs, beyond } = subject;
    if (beyond !== null) return beyond;
    const shifts = [1, -1, 3, -1_000].map((times) => times * multipleMs);
    const exact = shifts.filter((ms) => Math.abs(ms) <= 2 ** 51);
    return trial<Shifted>({
      inputs: fc.record({
        script: probe.scriptsTo(aDuration),
        shiftMs: fc.constantFrom(...exact),
      }),
      cases: casesOf(subject, aDuration),
      holds({ script, shiftMs }, reached) {
        const moments = tell(policy, script);
        const shifted = tell(policy, script, { at: shiftMs, wall: WALL });
        if (moments.some(aDuration.at)) reached(aDuration.name);
        moments.forEach(({ decision }, i) => {
          const what = `the decision ${shiftMs} ms later`;
          atLine(i, () => claimSame(shifted[i]?.decision, decision, what));
        });
      },
      show: ({ script }) => scriptTable(policy, script),
    });
  },
};

const unitFree: PolicyLaw = {
  name: "unit-free",
  says: "it knows no unit: with all durations, gaps and uptimes multiplied, so are delays and waits",
  trial(subject) {
    const { policy, scaled, probe, longestMs } = subject;
    if (scaled === undefined) return "`scaled` was not given";
    const factor = longestMs <= 2 ** 36 ? 1_024 : 2;
    const larger = scaled(factor);
    return trial<RestartScript>({
      inputs: probe.scriptsTo(aDuration),
      cases: casesOf(subject, aDuration),
      holds(script, reached) {
        const moments = tell(policy, script);
        const slower = scriptOf(moments).map((line) => longer(line, factor));
        const others = tell(larger, slower, { strict: true });
        if (moments.some(aDuration.at)) reached(aDuration.name);
        moments.forEach(({ decision }, i) => {
          const other = others[i]?.decision;
          const what = `in units of 1/${factor} the decision`;
          atLine(i, () =>
            claim(isTimes(other, decision, factor), () => `${what} was ${show(other)}`),
          );
        });
      },
      show: (script) => scriptTable(policy, script),
    });
  },
};

function longer({ gapMs, event }: ScriptLine, factor: number): ScriptLine {
  const scaled = event.type === "exited" ? { ...event, uptimeMs: event.uptimeMs * factor } : event;
  return { gapMs: gapMs * factor, event: scaled };
}

/** A wait may be up to one unit shorter: what is closed at its end is one of the smaller units longer. */
function isTimes(
  other: RestartDecision | undefined,
  one: RestartDecision,
  factor: number,
): boolean {
  if (one.type === "launch") {
    return other?.type === "launch" && isClose(other.delayMs, one.delayMs * factor);
  }
  if (one.type === "noted" || other?.type !== "refuse") return other?.type === one.type;
  if (other.reason !== one.reason) return false;
  if (one.retryAfterMs === null || other.retryAfterMs === null) {
    return one.retryAfterMs === other.retryAfterMs;
  }
  return Math.ceil(other.retryAfterMs / factor) === one.retryAfterMs;
}

/** The same but for rounding in the last digits. */
export function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

interface Silence extends Continued {
  readonly silenceMs: Millis;
}

/** Sequels after a silence, and what to call it when they would have been answered otherwise before. */
const REMEMBERED = "a sequel that was answered otherwise before the silence";

const oldEventsForgotten: PolicyLaw = {
  name: "old-events-forgotten",
  says: "no event older than the window changes a decision: after a silence as long as all durations together, it decides as a fresh one",
  trial(subject) {
    const { policy, describe, probe, sequels, silenceMs } = subject;
    if (describe?.windowMs === undefined) return "it declares no windowMs";
    if (subject.beyond !== null) return subject.beyond;
    return trial<Silence>({
      inputs: fc.record({
        before: probe.scriptsEndingIn(aDuration),
        silenceMs: fc.constantFrom(silenceMs, silenceMs + 1, 4 * silenceMs),
        after: sequels,
      }),
      cases: subject.comesTo(aDuration) ? [REMEMBERED] : [],
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

export const timeLaws: readonly PolicyLaw[] = [
  total,
  backwards,
  timeShift,
  unitFree,
  oldEventsForgotten,
  idleIsHonest,
];
