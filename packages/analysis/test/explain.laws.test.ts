import {
  allOf,
  type LaunchEvent,
  launch,
  type RestartDecision,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { type Explanation, explain } from "../src/index.js";
import { anyPolicy } from "./any-policy.js";
import { type Moment, statesOf, trace } from "./traces.js";

const cases = fc.record({ policy: anyPolicy, moments: trace });

/** Open and closed by turns, by the clock: an answer that changes though nothing happens. */
const turnstile = (openMs: number, closedMs: number): RestartPolicy =>
  restartPolicy({
    name: "turnstile",
    describe: { timesMs: [openMs, closedMs] },
    launch(state, _, now) {
      const into = now % (openMs + closedMs);
      const wait = openMs + closedMs - into;
      return [state, into < openMs ? launch() : refuse("closed", wait)];
    },
  });

const time = fc.integer({ min: 1, max: 40 });
const fickle = fc.record({
  policy: fc
    .tuple(anyPolicy, time, time)
    .map(([policy, openMs, closedMs]) => allOf(policy, turnstile(openMs, closedMs))),
  moments: trace,
});

interface Told extends Moment {
  readonly policy: RestartPolicy;
  readonly state: unknown;
  readonly why: Explanation;
}

function explained({ policy, moments }: { policy: RestartPolicy; moments: readonly Moment[] }) {
  const states = statesOf(policy, moments);
  return moments.map((moment, i): Told => {
    const state = states[i];
    return { ...moment, policy, state, why: explain(policy, state, moment.event, moment.now) };
  });
}

it("explain-agrees: the decision is what step decides", () => {
  often(
    cases,
    (one) => {
      const all = explained(one);
      for (const { policy, state, event, now, why } of all) {
        expect(why.decision).toEqual(policy.step(state, event, now)[1]);
        expect(JSON.parse(JSON.stringify(why))).toEqual(why);
        expect(why.sentence).toMatch(/^[A-Z][^\n]*\.$/);
      }
      return all.some(({ why }) => why.decision.type === "refuse");
    },
    0.2,
  );
});

/** The same request at another instant: asked again after a refusal, asked then instead of now else. */
function then({ policy, state, event, now, why }: Told, at: number): RestartDecision {
  const [after] = policy.step(state, event, now);
  const request = event as LaunchEvent;
  const asked = why.decision.type === "refuse" ? after : state;
  return policy.step(asked, { ...request, wall: request.wall + at - now }, at)[1];
}

const waits = (answer: RestartDecision) =>
  answer.type === "refuse" || (answer.type === "launch" && answer.delayMs > 0);

it.each([
  ["exact", cases, 0.3],
  ["found", fickle, 0.2],
] as const)(
  "at changesAt the answer is another, one ms before it is not (%s)",
  (certainty, cases, least) => {
    often(
      cases,
      (one) => {
        const all = explained(one).filter(({ why }) => why.certainty === certainty);
        for (const told of all) {
          const at = told.why.changesAt as number;
          expect(at).toBeGreaterThan(told.now);
          expect(then(told, at)).toEqual(told.why.changesTo);
          expect(waits(then(told, at))).toBe(!waits(told.why.decision));
          expect(waits(then(told, at - 1))).toBe(waits(told.why.decision));
        }
        return all.length > 0;
      },
      least,
    );
  },
);

it("a refusal is always some member's, and it has the decision's reason", () => {
  often(cases, (one) => {
    const refusals = explained(one).filter(({ why }) => why.decision.type === "refuse");
    for (const { why, policy } of refusals) {
      const part = why.parts.find(({ path }) => path.join() === why.decidedBy.path.join());
      expect(part, JSON.stringify(why)).toBeDefined();
      if (part?.decision?.type === "refuse" && why.decision.type === "refuse") {
        expect(part.decision.reason).toBe(why.decision.reason);
      }
      let { describe } = policy;
      for (const i of why.decidedBy.path) describe = describe.members?.[i] as typeof describe;
      expect(describe.kind).toBe(why.decidedBy.kind);
    }
    return refusals.some(({ why }) => why.decidedBy.path.length > 1);
  });
});

it("a delay is the decider's own, where nothing adds to it", () => {
  often(cases, (one) => {
    const delays = explained(one).filter(
      ({ why, policy }) =>
        why.decision.type === "launch" &&
        why.decision.delayMs > 0 &&
        !/inTurn|coarse/.test(policy.name),
    );
    for (const { why } of delays) {
      const part = why.parts.find(({ path }) => path.join() === why.decidedBy.path.join());
      if (why.waitedBy === null) expect(part?.decision).toEqual(why.decision);
      else expect(part?.decision?.type, why.sentence).toBe("refuse");
    }
    return delays.some(({ why }) => why.decidedBy.path.length > 0);
  });
});
