// The algebra of allOf: identity, associativity, commutativity, what a refusal costs, and a twin.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  type AllOfState,
  allOf,
  decisionFault,
  type LaunchAnswer,
  type RestartDecision,
  type RestartPolicy,
  restartOn,
} from "../src/index.js";
import { twinStep } from "./all-of-twin.js";
import { anyMember, steadyMember, timesOf, unsteadyMember } from "./members.js";
import { backoff, ofMembers, slidingWindow } from "./sample-policies.js";
import { decisionsOf, frozen, type Happening, type Moment, tell, traces } from "./traces.js";

const several = (member: fc.Arbitrary<RestartPolicy>, least = 0) =>
  fc
    .array(member, { minLength: least, maxLength: 4 })
    .chain((members) => fc.tuple(fc.constant(members), traces(timesOf(members))));

const three = (member: fc.Arbitrary<RestartPolicy>) =>
  fc
    .tuple(member, member, member)
    .chain((members) => fc.tuple(fc.constant(members), traces(timesOf(members))));

const refusals = (moments: readonly Moment<unknown>[]) =>
  moments.filter(({ decision }) => decision.type === "refuse").length;

const withoutReason = (decision: RestartDecision) =>
  decision.type === "refuse" ? { ...decision, reason: "any" } : decision;

const decided = (policy: RestartPolicy, trace: readonly Happening[]) =>
  decisionsOf(tell(policy, trace));

describe("allOf has an identity", () => {
  it("allOf(m) decides as m, and allOf(m, allOf()) and allOf(allOf(), m) too", () => {
    often(
      anyMember.chain((member) => fc.tuple(fc.constant(member), traces(timesOf([member])))),
      ([member, trace]) => {
        const alone = decided(member, trace);
        expect(decided(allOf(member), trace)).toStrictEqual(alone);
        expect(decided(allOf(member, allOf()), trace)).toStrictEqual(alone);
        expect(decided(allOf(allOf(), member), trace)).toStrictEqual(alone);
        return alone.some(({ type }) => type === "refuse");
      },
    );
  });
});

describe("allOf is associative", () => {
  const shapes = ([a, b, c]: [RestartPolicy, RestartPolicy, RestartPolicy]) =>
    [allOf(a, b, c), allOf(allOf(a, b), c), allOf(a, allOf(b, c))] as const;

  /** What the members would have given as reasons, had each been asked alone. */
  function reasons(members: readonly RestartPolicy[], moment: Moment<AllOfState>): Set<string> {
    const answers = members.map(
      (member, i) => member.step(moment.before[i], moment.event, moment.now)[1],
    );
    return new Set(answers.flatMap((answer) => (answer.type === "refuse" ? answer.reason : [])));
  }

  it("in whole decisions, the reason included, for steady members", () => {
    often(three(steadyMember), ([members, trace]) => {
      const [flat, left, right] = shapes(members);
      const moments = tell(flat, trace);
      expect(decided(left, trace)).toStrictEqual(decisionsOf(moments));
      expect(decided(right, trace)).toStrictEqual(decisionsOf(moments));
      return moments.some((moment) => reasons(members, moment).size > 1);
    });
  });

  it("in all but the reason, for members that are not steady", () => {
    often(three(fc.oneof(unsteadyMember, anyMember)), ([members, trace]) => {
      const [flat, left, right] = shapes(members);
      const one = tell(flat, trace);
      const others = [left, right].map((policy) => decided(policy, trace));
      one.forEach(({ event, now, after, decision }, i) => {
        for (const other of others.map((decisions) => decisions[i] ?? decision)) {
          expect(other.type).toBe(decision.type);
          // Where 64 looks were not enough, the hint is a lower bound, and bounds may differ.
          if (decision.type === "refuse" && decision.retryAfterMs !== null) {
            const wait = decision.retryAfterMs;
            if (event.type !== "launch") continue;
            const later = { ...event, wall: event.wall + wait };
            if (flat.step(after, later, now + wait)[1].type === "refuse") continue;
          }
          expect(withoutReason(other)).toStrictEqual(withoutReason(decision));
        }
      });
      return one.some((moment) => reasons(members, moment).size > 1);
    });
  });
});

describe("allOf is commutative but for the reason", () => {
  it("in every other part of its decisions", () => {
    often(
      several(anyMember, 2).chain(([members, trace]) =>
        fc.tuple(
          fc.constant(members),
          fc.constant(trace),
          fc.shuffledSubarray(members, { minLength: members.length }),
        ),
      ),
      ([members, trace, shuffled]) => {
        const one = tell(allOf(...members), trace);
        const other = tell(allOf(...shuffled), trace);
        expect(decisionsOf(other).map(withoutReason)).toStrictEqual(
          decisionsOf(one).map(withoutReason),
        );
        return refusals(one) > 0 && members.some((member, i) => member !== shuffled[i]);
      },
    );
  });
});

describe("a refusal by allOf", () => {
  it("costs the willing nothing, keeps the refuser's step, and rolls back no fact", () => {
    often(several(anyMember, 2), ([members, trace]) => {
      const moments = tell(allOf(...members), trace);
      let mixed = false;
      for (const { event, now, before, after, decision } of moments) {
        if (event.type === "launch" && decision.type === "launch") continue;
        const steps = members.map((member, i) => member.step(before[i], event, now));
        steps.forEach(([state, answer], i) => {
          expect(after[i]).toEqual(answer.type === "launch" ? before[i] : state);
          if (answer.type === "launch") expect(after[i]).toBe(before[i]);
        });
        mixed ||= steps.some(([, answer]) => answer.type === "launch");
      }
      return mixed;
    });
  });
});

describe("allOf keeps the contract", () => {
  it("is quiet, never mutates, answers without fault, and survives JSON at every step", () => {
    often(several(anyMember), ([members, trace]) => {
      const policy = allOf(...members);
      const moments = tell(policy, trace);
      for (const { event, now, before, after, decision } of moments) {
        expect(decisionFault(event, decision)).toBeNull();
        expect(policy.step(before, event, now)).toStrictEqual([after, decision]);
        const thawed = policy.parse(JSON.parse(JSON.stringify(before)), now);
        expect(thawed).toStrictEqual(before);
        expect(policy.step(frozen(thawed), event, now)).toStrictEqual([after, decision]);
        if (before.every((state, i) => state === after[i])) expect(after).toBe(before);
      }
      return refusals(moments) > 0;
    });
  });

  it("is not troubled by a clock that goes back", () => {
    often(several(anyMember), ([members, trace]) => {
      const policy = allOf(...members);
      let state = policy.initial();
      let now = 0;
      let back = false;
      for (const { gapMs, event } of trace) {
        back ||= gapMs < 0;
        now += gapMs;
        const [next, decision] = policy.step(state, event, now);
        expect(decisionFault(event, decision)).toBeNull();
        state = frozen(next);
      }
      return back;
    });
  });

  /** Long enough for everything here to be forgotten. */
  const silence: Happening = { gapMs: 200, event: { type: "healthy" } };

  it("when idle, answers everything as a fresh one would", () => {
    const forgetful = fc.oneof(
      fc
        .record({ limit: fc.integer({ min: 1, max: 3 }), windowMs: fc.nat(20) })
        .map((options): RestartPolicy => slidingWindow(options)),
      fc.nat(20).map((initialMs): RestartPolicy => backoff({ initialMs })),
      fc.constant<RestartPolicy>(restartOn("transient")),
    );
    const story = fc
      .array(forgetful, { minLength: 1, maxLength: 2 })
      .chain((members) => fc.tuple(fc.constant(members), traces([5, 20], 10), traces([5, 20], 10)));
    often(story, ([members, trace, sequel]) => {
      const policy = allOf(...members);
      let remembered = false;
      for (const { after, now } of tell(policy, [...trace, silence])) {
        if (!policy.idle?.(after, now)) continue;
        remembered ||= JSON.stringify(after) !== JSON.stringify(policy.initial());
        const kept = tell({ ...policy, initial: () => after }, sequel, now);
        expect(decisionsOf(kept)).toStrictEqual(decisionsOf(tell(policy, sequel, now)));
      }
      return remembered;
    });
  });
});

describe("allOf and its dumb twin", () => {
  it("agree on whole decisions and on the states left behind", () => {
    often(several(anyMember), ([members, trace]) => {
      const policy = allOf(...members);
      const answers = new Set<LaunchAnswer["type"] | "never">();
      for (const { event, now, before, after, decision } of tell(policy, trace)) {
        const [state, expected] = twinStep(members, before, event, now);
        expect(decision).toStrictEqual(members.length === 1 ? decision : expected);
        expect(ofMembers(after)).toStrictEqual(state);
        if (decision.type === "launch") answers.add("launch");
        if (decision.type === "refuse") answers.add(decision.retryAfterMs ? "refuse" : "never");
      }
      return answers.has("launch") && answers.has("refuse");
    });
  });
});
