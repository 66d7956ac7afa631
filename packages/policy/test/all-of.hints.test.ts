// A hint is exact: refused one millisecond sooner, launched at it. Also where members are willing and
// unwilling by turns, as far as 64 looks reach.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { allOf, type RestartPolicy, refuse } from "../src/index.js";
import { anyMember, steadyMember, timesOf, unsteadyMember, waitingMember } from "./members.js";
import { calendar, gate, never, tally, turnstile, willing } from "./sample-policies.js";
import { type Happening, requests, restart, tell, WALL } from "./traces.js";

const at = (waitMs: number) => ({ ...restart, wall: WALL + waitMs });

/** The first wait after which everybody is willing, found by trying them one after the other. */
function firstWilling(members: readonly RestartPolicy[], limit: number): number | null {
  for (let wait = 0; wait <= limit; wait++) {
    const agreed = members.every(
      (member) => member.step(member.initial(), at(wait), wait)[1].type === "launch",
    );
    if (agreed) return wait;
  }
  return null;
}

function hintOf(...members: readonly RestartPolicy[]): number | null {
  const policy = allOf(...members);
  const [, decision] = policy.step(policy.initial(), at(0), 0);
  return decision.type === "refuse" ? decision.retryAfterMs : 0;
}

describe("the hint of allOf", () => {
  const day = calendar("night", { openMs: 10, closedMs: 10, phaseMs: 0 });
  const evenWeek = calendar("odd-week", { openMs: 70, closedMs: 70, phaseMs: 70 });

  it.each<[string, RestartPolicy[], number | null]>([
    ["one gate", [gate("a", 5)], 5],
    ["the later of two gates", [gate("a", 5), gate("b", 9)], 9],
    ["a gate that opens at night: the next day", [gate("a", 13), day], 20],
    ["a gate that opens by day", [gate("a", 5), day], 5],
    ["a gate that opens as night falls: exactly at the edge", [gate("a", 10), day], 20],
    ["a gate that opens one before night", [gate("a", 9), day], 9],
    ["two calendars: the first day of an even week", [day, evenWeek, gate("a", 1)], 80],
    [
      "by the clock and by the wall clock",
      [turnstile("x", { openMs: 1, closedMs: 6, phaseMs: 1 }), day, gate("a", 1)],
      6,
    ],
    ["never beats not yet, though it is said only later", [gate("a", 5), late("b", 5)], null],
    ["never beats not yet", [gate("a", 5), never("b")], null],
  ])("is that of %s", (_, members, hint) => {
    expect(hintOf(...members)).toBe(hint);
    if (hint !== null) expect(firstWilling(members, 1_000)).toBe(hint);
  });

  /** Willing until an instant, and never again. */
  function late(reason: string, until: number): RestartPolicy {
    return tally(reason, (_, now) =>
      now < until ? { type: "launch", delayMs: 0 } : refuse(reason, null),
    );
  }

  it("looks at no instant beyond 2^53-1: there the hint stands as it was given", () => {
    const seen: number[] = [];
    const watcher = tally("w", (_, now) => {
      seen.push(now);
      return refuse("w", 10);
    });
    const end = Number.MAX_SAFE_INTEGER;
    const policy = allOf(watcher, willing());
    expect(policy.step(policy.initial(), at(0), end - 9)[1]).toStrictEqual(refuse("w", 10));
    expect(seen).toEqual([end - 9]);
    policy.step(policy.initial(), at(0), end - 10);
    expect(seen).toEqual([end - 9, end - 10, end]);
  });

  it("tells the reason of the refusal that binds", () => {
    const policy = allOf(gate("a", 13), day);
    expect(policy.step(policy.initial(), at(0), 0)[1]).toStrictEqual(refuse("night", 20));
    const both = allOf(gate("a", 13), late("closed", 13));
    expect(both.step(both.initial(), at(0), 0)[1]).toStrictEqual(refuse("closed", null));
  });

  it("looks on the state that the refusal left, with wall moved along and the same draw", () => {
    const seen: unknown[] = [];
    const watcher = tally("w", ({ wall, draw }, now) => {
      seen.push([now, wall - WALL, draw]);
      return { type: "launch", delayMs: 0 };
    });
    const policy = allOf(gate("a", 5), watcher);
    policy.step(policy.initial(), at(0), 0);
    expect(seen).toEqual([
      [0, 0, 0.5],
      [5, 5, 0.5],
    ]);
    let asked: number[] = [];
    const inner = gate("a", 5);
    const spied: RestartPolicy = {
      ...inner,
      step(state, event, now) {
        asked = [...asked, (state as { asked: number }).asked];
        return inner.step(state as never, event, now);
      },
    };
    const composed = allOf(spied, willing());
    composed.step(composed.initial(), at(0), 0);
    expect(asked).toEqual([0, 1]);
  });

  describe("after 64 looks", () => {
    /** Two turnstiles that are open in turn: every look is refused by the other one. */
    const tick = turnstile("tick", { openMs: 1, closedMs: 1, phaseMs: 1 });
    const tock = turnstile("tock", { openMs: 1, closedMs: 1, phaseMs: 0 });

    it("is a lower bound", () => {
      expect(hintOf(tick, tock)).toBe(65);
    });

    /** A turnstile of one millisecond that opens for good at an instant. */
    const opening = (opensAt: number) =>
      tally("tock", (_, now) =>
        now >= opensAt || now % 2 === 0 ? { type: "launch", delayMs: 0 } : refuse("tock", 1),
      );

    it.each([
      [63, 63],
      [65, 65],
      [67, 65],
    ])("a first chance at %d is told as %d", (first, hint) => {
      expect(firstWilling([tick, opening(first)], 100)).toBe(first);
      expect(hintOf(tick, opening(first))).toBe(hint);
    });

    it("asked each member 65 times", () => {
      let asked = 0;
      const counted = tally("c", () => {
        asked++;
        return { type: "launch", delayMs: 0 };
      });
      hintOf(tick, tock, counted);
      expect(asked).toBe(65);
    });
  });

  it("of one member is that member's own: it is asked once", () => {
    let asked = 0;
    const busy = tally("busy", () => {
      asked++;
      return refuse("busy", 5);
    });
    expect([hintOf(busy), asked]).toEqual([5, 1]);
    hintOf(busy, willing());
    expect(asked).toBeGreaterThan(2);
  });

  describe("where refusals are alike", () => {
    /** Says "in 5 ms" until it opens, whenever it is asked. */
    const patient = (opensAt: number, reason: (now: number) => string = () => "busy") =>
      tally("busy", (_, now) =>
        now >= opensAt ? { type: "launch", delayMs: 0 } : refuse(reason(now), 5),
      );

    it.each([
      ["seven: it is exact", 35, 35],
      ["eight: no time passes for the state, and it is the first one", 40, 5],
    ])("%s", (_, opensAt, hint) => {
      expect(hintOf(patient(opensAt), willing())).toBe(hint);
    });

    it("but for the reason, it is exact", () => {
      const turns = (opensAt: number) => patient(opensAt, (now) => (now === 30 ? "b" : "a"));
      expect(hintOf(turns(70), willing())).toBe(70);
      expect(hintOf(turns(75), willing())).toBe(5);
    });

    it("but for the hint, it is exact", () => {
      const slower = tally("busy", (_, now) =>
        now >= 75 ? { type: "launch", delayMs: 0 } : refuse("busy", now === 30 ? 10 : 5),
      );
      expect(hintOf(slower, willing())).toBe(75);
    });
  });

  it("is never more than 2^53-1, and stays a lower bound at the end of time", () => {
    const MAX = Number.MAX_SAFE_INTEGER;
    const policy = allOf(
      tally("far", () => refuse("far", MAX)),
      willing(),
    );
    for (const now of [0, 1, -MAX, MAX]) {
      expect(policy.step(policy.initial(), restart, now)[1]).toStrictEqual(refuse("far", MAX));
    }
  });

  /** Follows every hint of a trace; says whether there was one that members had to agree on. */
  function expectExact(members: readonly RestartPolicy[], trace: Happening[], steady: boolean) {
    const policy = allOf(...members);
    let agreed = false;
    for (const { event, now, before, after, decision } of tell(policy, trace)) {
      if (event.type !== "launch" || decision.type !== "refuse") continue;
      const wait = decision.retryAfterMs;
      if (wait === null) continue;
      const answerAfter = (ms: number) =>
        policy.step(after, { ...event, wall: event.wall + ms }, now + ms)[1].type;
      expect(answerAfter(wait - 1)).toBe("refuse");
      if (!steady && answerAfter(wait) === "refuse") {
        // 64 looks were not enough, so it must be a lower bound.
        for (let ms = 1; ms < wait; ms++) expect(answerAfter(ms)).toBe("refuse");
        continue;
      }
      expect(answerAfter(wait)).toBe("launch");
      const refused = members.filter(
        (member, i) => member.step(before[i], event, now)[1].type === "refuse",
      );
      agreed ||= refused.length > 1;
    }
    return agreed;
  }

  const composed = (member: fc.Arbitrary<RestartPolicy>) =>
    fc
      .array(member, { minLength: 2, maxLength: 4 })
      .chain((members) => fc.tuple(fc.constant(members), requests(timesOf(members))));

  it("looks as far as the end of time, included", () => {
    const MAX = Number.MAX_SAFE_INTEGER;
    const policy = allOf(gate("a", MAX), late("late", MAX));
    expect(policy.step(policy.initial(), restart, 0)[1]).toStrictEqual(refuse("late", null));
  });

  it("is exact for steady members, always", () => {
    const steady = fc.oneof({ weight: 4, arbitrary: waitingMember }, steadyMember);
    often(composed(steady), ([members, trace]) => expectExact(members, trace, true));
  });

  it("is exact for members that are willing by turns, or else a lower bound", () => {
    const any = fc.oneof({ weight: 4, arbitrary: waitingMember }, anyMember);
    often(composed(any), ([members, trace]) => expectExact(members, trace, false));
  });

  it("is the first chance there is, found by trying every millisecond", () => {
    often(
      fc.tuple(
        fc.array(steadyMember, { maxLength: 2 }),
        fc.array(unsteadyMember, { minLength: 1, maxLength: 2 }),
      ),
      ([steady, unsteady]) => {
        const members = [...steady, ...unsteady];
        const hint = hintOf(...members);
        const first = firstWilling(members, 400);
        if (first !== null) expect(hint).toBe(first);
        return first !== null && first > 0;
      },
    );
  });
});
