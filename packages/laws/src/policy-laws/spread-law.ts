// At the cap, where a fleet spends its bad hours, delays must still be spread.
//
// In each run the policy is brought to its cap by failures in a row, and asked with DRAWS different
// draws of a seeded stream. The run fails if more than 90 % of the delays are one and the same. For a
// policy that spreads at least a quarter of its delays at the cap, a run fails wrongly with a
// probability below 3e-13 (Chernoff: exp(-400 * D(0.9 || 0.75)), D = 0.0724), so that 200 runs do below
// 1e-10. A policy whose delays at the cap are all the same fails always.

import type { LaunchEvent, RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { claim } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { type Attempt, crashLoop } from "./crash-loop.js";
import { aDelay, type Meets } from "./meets.js";
import type { PolicyLaw } from "./script-law.js";
import type { PolicySubject } from "./subject.js";
import { WALL } from "./tell.js";

const DRAWS = 400;
const SAME = 0.9;
const HIGHEST = 1 - 2 ** -53;
const FAILURES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 25, 40];
/** So many failures in a row must reach the cap. */
const MANY = 1_100;
const AT_CAP = "the cap";

interface AtCap {
  readonly failures: number;
  /** Of the stream of draws. */
  readonly seed: number;
}

/** The request after so many failures in a row, each after the longest delay. */
function after(policy: RestartPolicy, failures: number): Attempt | undefined {
  const loop = {
    lives: failures + 1,
    lifeMs: 0,
    healthyAfterMs: null,
    healthyFrom: 0,
    draw: HIGHEST,
  };
  return crashLoop(policy, loop).at(failures);
}

function delayAt(policy: RestartPolicy, attempt: Attempt | undefined, draw: number): number {
  if (attempt === undefined) return 0;
  const { askedAt, before } = attempt;
  const event: LaunchEvent = { type: "launch", cause: "restart", draw, wall: WALL + askedAt };
  const [, answer] = policy.step(before, event, askedAt);
  return answer.type === "launch" ? answer.delayMs : 0;
}

/** A small generator of uniform numbers: mulberry32. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const usesDraw = (policy: RestartPolicy): Meets => ({
  name: "a delay that depends on the draw",
  absent: "no delay of a restart ever depended on the draw",
  at({ event, before, now, decision }) {
    if (event.type !== "launch" || decision?.type !== "launch") return false;
    if (event.cause !== "restart") return false; // the splay of a first start is no jitter
    const answers = [0, HIGHEST].map((draw) => policy.step(before, { ...event, draw }, now)[1]);
    const [low, high] = answers;
    return low?.type === "launch" && high?.type === "launch" && low.delayMs !== high.delayMs;
  },
});

function notRun({ policy, describe, comesTo, probe }: PolicySubject): string | null {
  const capMs = describe?.capMs;
  if (capMs === undefined || capMs === 0) return "it declares no capMs above 0";
  if (!comesTo(aDelay)) return aDelay.absent;
  const drawn = usesDraw(policy);
  if (probe.find(drawn).share === 0) return drawn.absent;
  const counts = [...FAILURES, MANY];
  const reaches = counts.some((n) => isCap(delayAt(policy, after(policy, n), HIGHEST), capMs));
  return reaches ? null : `${MANY} failures in a row do not bring it to its cap`;
}

/** All but a thousandth of it, or but what rounding takes: at most 1 ms, and never more than half of the cap. */
const isCap = (delayMs: number, capMs: number) => delayMs >= 0.999 * capMs - Math.min(1, capMs / 2);

export const spreadAtCap: PolicyLaw = {
  name: "spread-at-cap",
  says: "at the cap the draws still spread the delays: no more than 9 of 10 are the same",
  trial(subject) {
    const reason = notRun(subject);
    if (reason !== null) return reason;
    const { policy, describe } = subject;
    const capMs = describe?.capMs ?? 0;
    const early = FAILURES.filter((n) => isCap(delayAt(policy, after(policy, n), HIGHEST), capMs));
    const failures = fc.constantFrom(...(early.length > 0 ? early : [MANY]));
    return trial<AtCap>({
      inputs: fc.record({ failures, seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }),
      cases: [AT_CAP],
      holds({ failures: count, seed }, reached) {
        const attempt = after(policy, count);
        if (isCap(delayAt(policy, attempt, HIGHEST), capMs)) reached(AT_CAP);
        const next = stream(seed);
        const times = new Map<number, number>();
        for (let i = 0; i < DRAWS; i++) {
          const delayMs = delayAt(policy, attempt, next());
          times.set(delayMs, (times.get(delayMs) ?? 0) + 1);
        }
        const [[delayMs, most] = [0, 0]] = [...times].sort(([, one], [, other]) => other - one);
        claim(most <= SAME * DRAWS, () => `${most} of ${DRAWS} draws were answered ${delayMs} ms`);
      },
      show: ({ failures: count, seed }) =>
        `  after ${count} failures in a row, asked with ${DRAWS} draws of the stream ${seed}`,
    });
  },
};
