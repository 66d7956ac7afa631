// The algebra of inTurn: identity, associativity, what a refusal costs, exact hints, a twin, and the
// rate bound for which it exists.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  allOf,
  inTurn,
  launch,
  type RestartEvent,
  type RestartPolicy,
  refuse,
} from "../src/index.js";
import { twinStep } from "./in-turn-twin.js";
import { anyMember, steadyMember, timesOf, unsteadyMember, waitingMember } from "./members.js";
import { backoff, gate, ofMembers, pausing, slidingWindow, willing } from "./sample-policies.js";
import {
  crash,
  decisionsOf,
  type Happening,
  requests,
  restart,
  start,
  tell,
  traces,
} from "./traces.js";

const pairs = (member: fc.Arbitrary<RestartPolicy>) =>
  fc
    .tuple(member, member)
    .chain((members) => fc.tuple(fc.constant(members), traces(timesOf(members), 15)));

/** A member that delays, and then one that limits. */
const delayThenLimit = fc
  .tuple(
    fc.oneof(
      fc.nat(40).map((initialMs): RestartPolicy => backoff({ initialMs, capMs: 50 })),
      fc.nat(320).map((eighths): RestartPolicy => pausing(eighths / 8)),
      steadyMember,
    ),
    fc.oneof(
      fc
        .record({ limit: fc.integer({ min: 1, max: 3 }), windowMs: fc.nat(90) })
        .map((options): RestartPolicy => slidingWindow(options)),
      fc.nat(90).map((opensAt): RestartPolicy => gate("gate", opensAt)),
      steadyMember,
    ),
  )
  .chain((members) =>
    fc.tuple(
      fc.constant(members),
      fc.oneof(traces(timesOf(members), 15), requests(timesOf(members))),
    ),
  );

const decided = (policy: RestartPolicy, trace: readonly Happening[]) =>
  decisionsOf(tell(policy, trace));

describe("inTurn has an identity", () => {
  it("allOf(), and every policy that launches at once, on either side", () => {
    often(
      anyMember.chain((member) => fc.tuple(fc.constant(member), traces(timesOf([member])))),
      ([member, trace]) => {
        const alone = decided(member, trace);
        for (const none of [allOf(), willing()]) {
          expect(decided(inTurn(member, none), trace)).toStrictEqual(alone);
          expect(decided(inTurn(none, member), trace)).toStrictEqual(alone);
        }
        return alone.some((d) => d.type === "refuse" || (d.type === "launch" && d.delayMs > 0));
      },
    );
  });
});

describe("inTurn is associative", () => {
  it("in whole decisions, the reason included, for steady members", () => {
    const three = fc
      .tuple(steadyMember, steadyMember, steadyMember)
      .chain((members) => fc.tuple(fc.constant(members), traces(timesOf(members), 12)));
    often(three, ([[a, b, c], trace]) => {
      const left = tell(inTurn(inTurn(a, b), c), trace);
      const right = tell(inTurn(a, inTurn(b, c)), trace);
      expect(decisionsOf(right)).toStrictEqual(decisionsOf(left));
      const flat = tell(inTurn(a, b, c), trace);
      expect(decisionsOf(flat)).toStrictEqual(decisionsOf(left));
      const all = flat.map(({ after }) => ofMembers(after));
      expect(right.map(({ after: [x, rest] }) => [x, ...ofMembers(rest)])).toStrictEqual(all);
      expect(left.map(({ after: [rest, z] }) => [...ofMembers(rest), z])).toStrictEqual(all);
      return left.some(({ decision }) => decision.type === "refuse" && decision.retryAfterMs);
    });
  });

  it("and not commutative", () => {
    const window = slidingWindow({ limit: 1, windowMs: 100 });
    const pause = backoff({ initialMs: 60 });
    const trace = [start, crash, restart].map((event, i) => ({ gapMs: i === 1 ? 60 : 0, event }));
    expect(decided(inTurn(pause, window), trace)[2]).toEqual(launch(60));
    expect(decided(inTurn(window, pause), trace)[2]).toEqual(refuse("window-full", 40));
  });
});

describe("a refusal by inTurn", () => {
  it("costs the other nothing, and rolls back no fact", () => {
    often(pairs(anyMember), ([[a, b], trace]) => {
      let costly = false;
      for (const { event, now, before, after, decision } of tell(inTurn(a, b), trace)) {
        if (event.type !== "launch" || decision.type !== "refuse") continue;
        const [state, answer] = a.step(before[0], event, now);
        if (answer.type === "refuse") {
          expect(after[0]).toEqual(state);
          expect(after[1]).toBe(before[1]);
        } else {
          expect(after[0]).toBe(before[0]);
          costly ||= state !== before[0];
        }
      }
      return costly;
    });
  });
});

describe("the hint of inTurn", () => {
  function expectExact(
    members: [RestartPolicy, RestartPolicy],
    trace: Happening[],
    steady: boolean,
  ) {
    const policy = inTurn(...members);
    let delayed = false;
    for (const { event, now, before, after, decision } of tell(policy, trace)) {
      if (event.type !== "launch" || decision.type !== "refuse") continue;
      const wait = decision.retryAfterMs;
      if (wait === null) continue;
      const answerAfter = (ms: number) =>
        policy.step(after, { ...event, wall: event.wall + ms }, now + ms)[1].type;
      if (!steady && answerAfter(wait) === "refuse") continue;
      expect(answerAfter(wait - 1)).toBe("refuse");
      expect(answerAfter(wait)).toBe("launch");
      const go = members[0].step(before[0], event, now)[1];
      delayed ||= go.type === "launch" && go.delayMs > 0;
    }
    return delayed;
  }

  it("is exact for steady members, whether their delays run from the exit or from the request", () => {
    often(delayThenLimit, ([members, trace]) => expectExact(members, trace, true));
  });

  it("is exact for others too, where 64 looks were enough", () => {
    const mixed = fc
      .tuple(
        fc.oneof(
          fc.nat(240).map((eighths) => pausing(eighths / 8)),
          anyMember,
        ),
        fc.oneof(unsteadyMember, unsteadyMember, waitingMember),
      )
      .chain((members) => fc.tuple(fc.constant(members), requests(timesOf(members))));
    often(mixed, ([members, trace]) => expectExact(members, trace, false));
  });
});

describe("inTurn and its dumb twin", () => {
  it("agree on whole decisions and on the states left behind, for steady members", () => {
    often(delayThenLimit, ([members, trace]) => {
      let refused = false;
      for (const { event, now, before, after, decision } of tell(inTurn(...members), trace)) {
        const [state, expected] = twinStep(
          members,
          before as readonly [unknown, unknown],
          event,
          now,
        );
        expect(decision).toStrictEqual(expected);
        expect(ofMembers(after)).toStrictEqual(state);
        refused ||= decision.type === "refuse" && decision.retryAfterMs !== null;
      }
      return refused;
    });
  });
});

describe("at most `limit` launches in any window", () => {
  const windowMs = 100;
  const limit = 2;
  const window = () => slidingWindow({ limit, windowMs });
  const pause = () => backoff({ initialMs: 30, capMs: 90 });

  interface Life {
    readonly ms: number;
    readonly healthy: boolean;
  }

  /** When a child with these lives is launched, by one who asks as a supervisor does. */
  function launchesOf(policy: RestartPolicy, lives: readonly Life[]): number[] {
    const launches: number[] = [];
    let state = policy.initial();
    let now = 0;
    const tell = (event: RestartEvent) => {
      const [next, answer] = policy.step(state, event, now);
      state = next;
      return answer;
    };
    for (const { ms, healthy } of lives) {
      for (let cause = restart; ; cause = { ...cause, wall: now }) {
        const answer = tell(launches.length === 0 ? start : cause);
        if (answer.type === "refuse") now += answer.retryAfterMs ?? Number.NaN;
        if (answer.type !== "launch") continue;
        now += Math.ceil(answer.delayMs);
        break;
      }
      launches.push(now);
      if (healthy) tell({ type: "healthy" });
      now += ms;
      tell({ ...crash, uptimeMs: ms });
    }
    return launches;
  }

  /** The most launches in a half-open window that begins with one of them. */
  const busiest = (launches: readonly number[]) =>
    Math.max(...launches.map((at) => launches.filter((t) => t >= at && t < at + windowMs).length));

  const lives = fc.array(
    fc.record({ ms: fc.oneof(fc.nat(5), fc.nat(120)), healthy: fc.boolean() }),
    { minLength: 1, maxLength: 20 },
  );

  it("holds for inTurn(backoff, window)", () => {
    often(lives, (given) => {
      const launches = launchesOf(inTurn(pause(), window()), given);
      expect(launches).toHaveLength(given.length);
      expect(busiest(launches)).toBeLessThanOrEqual(limit);
      return busiest(launches) === limit;
    });
  });

  it("does not hold for allOf(window, backoff), where admissions are counted", () => {
    const lives = [false, false, false, false, true, true, true];
    const given = lives.map((healthy) => ({ ms: 0, healthy }));
    const admitted = launchesOf(allOf(window(), pause()), given);
    expect(admitted).toEqual([0, 30, 100, 190, 280, 310, 340]);
    expect(busiest(admitted)).toBe(3);
    expect(launchesOf(inTurn(pause(), window()), given)).toEqual([0, 30, 100, 190, 280, 310, 380]);
  });
});
