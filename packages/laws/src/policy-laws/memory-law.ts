// A state stays bounded: what a child does for a month must not fill the memory of its host.
//
// The policy lives on one diet for two times as many events; if its state grows as much in the second half
// as in the first, it grows without an end. What a declared limit has room for is no such growth.

import type { Millis } from "@steadfast/policy";
import fc from "fast-check";
import { claim } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { textTable } from "../kernel/text-table.js";
import { descriptionsIn } from "./durations.js";
import { exitAt } from "./exits.js";
import { again, ask, exited, life, type ScriptLine, told } from "./script.js";
import type { PolicyLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { eventText, storyRows } from "./table.js";
import { eventAt, WALL } from "./tell.js";

/** The policy is stepped with as many events, and then with as many again. */
const HALF = 2_000;
/** The state is looked at as often in each half. */
const LOOKS = 8;
/** Beyond this limit the halves are too short to tell growth from filling up. */
const MOST = 500;
/** So many parts more are no growth. */
const SLACK = 40;

/** What happens again and again. */
type Diet = keyof typeof DIETS;

const DAY = 86_400_000;

const DIETS = {
  crashes: (gapMs: Millis) => life(exited(gapMs, 0), 0.5),
  "lives of a day": () => life(exited(DAY, DAY, exitAt(1)), 0.5),
  requests: (gapMs: Millis) => [ask(gapMs, 0.5)],
  "an operator's restarts": (gapMs: Millis) => [ask(gapMs, 0.5, "operator")],
  "healthy lives": (gapMs: Millis) => [told(1, "healthy"), ...life(exited(gapMs, gapMs), 0)],
  "exits of all kinds": (gapMs: Millis, n: number) => life(exited(gapMs, 1, exitAt(n % 256)), 0.5),
} as const satisfies {
  readonly [name: string]: (gapMs: Millis, n: number) => readonly ScriptLine[];
};

/** So far apart, what is forgotten in time is forgotten long before the end of a half. */
const gapOf = (silenceMs: Millis): Millis => Math.max(60_000, Math.ceil(silenceMs / 100));

/** How many parts a state has. */
function sizeOf(state: unknown): number {
  if (typeof state !== "object" || state === null) return 1;
  return Object.values(state).reduce((sum: number, part) => sum + sizeOf(part), 1);
}

/** The largest state of each half. */
function grown({ policy, silenceMs }: PolicySubject, diet: Diet): readonly [number, number] {
  const apartMs = gapOf(silenceMs);
  let state = policy.initial();
  let now: Millis = 0;
  let told = 0;
  const largest: [number, number] = [0, 0];
  for (let n = 0; told < 2 * HALF; n++) {
    for (const { gapMs, event } of DIETS[diet](apartMs, n)) {
      now += gapMs;
      [state] = policy.step(state, eventAt(event, WALL + now), now);
      if (++told % (HALF / LOOKS) !== 0) continue;
      const half = told <= HALF ? 0 : 1;
      largest[half] = Math.max(largest[half], sizeOf(state));
    }
  }
  return largest;
}

/** The largest limit that is declared; 0 if there is none. */
function limitOf({ describe }: PolicySubject): number {
  return Math.max(0, ...descriptionsIn(describe).map(({ limit = 0 }) => limit));
}

export const staysSmall: PolicyLaw = {
  name: "stays-small",
  says: "a state does not grow forever, whatever happens again and again",
  advice: "If it keeps that many by design, declare its `limit`: a state may hold as many as that.",
  trial(subject) {
    const limit = limitOf(subject);
    if (limit > MOST) return `a limit of ${limit} has room for all that a script brings`;
    const known = new Map<Diet, readonly [number, number]>();
    return trial<Diet>({
      inputs: fc.constantFrom(...(Object.keys(DIETS) as Diet[])),
      holds(diet) {
        const [first, second] = known.get(diet) ?? grown(subject, diet);
        known.set(diet, [first, second]);
        claim(
          second <= 1.5 * first + SLACK,
          () =>
            `its state had ${first} parts after ${HALF} events, and ${second} after ${2 * HALF}: it grows without an end`,
        );
      },
      show(diet) {
        const lines = again(2 * HALF, DIETS[diet](gapOf(subject.silenceMs), 0));
        const rows = storyRows(lines, ({ gapMs, event }, i) => [
          `${i + 1}`,
          `+${gapMs}`,
          eventText(event),
        ]);
        return `  ${diet}:\n${textTable([["#", "gap", "event"], ...rows])}`;
      },
    });
  },
};
