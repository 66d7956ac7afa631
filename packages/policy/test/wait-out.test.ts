import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  cell,
  exitOf,
  giveUp,
  inTurn,
  launch,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  waitOut,
} from "../src/index.js";
import { steadyMember, timesOf } from "./members.js";
import {
  backoff,
  calendar,
  gate,
  never,
  pausing,
  slidingWindow,
  tally,
} from "./sample-policies.js";
import { crash, decisionsOf, operator, restart, start, tell, traces } from "./traces.js";

const MAX = Number.MAX_SAFE_INTEGER;
const first = (policy: RestartPolicy, now = 0) => policy.step(policy.initial(), restart, now);

const stories = steadyMember.chain((member) =>
  traces(timesOf([member])).map((trace) => [member, trace] as const),
);

/** waitOut, written a second time and deliberately simple: millisecond after millisecond. */
function twin(policy: RestartPolicy, state: unknown, event: RestartEvent, now: number) {
  let [next, answer] = policy.step(state, event, now);
  for (let wait = 1; answer.type === "refuse" && answer.retryAfterMs !== null; wait++) {
    if (wait > 5_000) return expect.unreachable();
    const moved = event.type === "launch" ? { ...event, wall: event.wall + wait } : event;
    const [later, decision] = policy.step(next, moved, now + wait);
    if (decision.type === "launch") return [later, launch(wait + decision.delayMs)] as const;
    if (decision.type === "refuse" && decision.retryAfterMs === null)
      return [later, decision] as const;
    answer = decision;
    next = later;
  }
  return [next, answer] as const;
}

describe("waitOut", () => {
  it("a window of 2 in 1 000 ms launches at 0, 0, 1 000, 1 000, 2 000, 2 000, 3 000, 3 000", () => {
    let now = 0;
    const child = cell(waitOut(slidingWindow({ limit: 2, windowMs: 1_000 })), {
      clock: () => now,
      random: () => 0,
    });
    const launchedAt = Array.from({ length: 8 }, () => {
      const answer = child.failed(exitOf(1, null), { uptimeMs: 0 });
      now += answer.type === "launch" ? answer.delayMs : Number.NaN;
      return now;
    });
    expect(launchedAt).toEqual([0, 0, 1_000, 1_000, 2_000, 2_000, 3_000, 3_000]);
  });

  it.each<[string, RestartPolicy, RestartDecision]>([
    ["not yet becomes a delay", gate("a", 5), launch(5)],
    ["one millisecond is a delay, too", gate("a", 1), launch(1)],
    ["never stays never", never("a"), refuse("a", null)],
    ["a launch stays a launch, its fraction too", pausing(5.5), launch(5.5)],
    ["a delay behind a gate is added", inTurn(gate("a", 5), pausing(2.5)), launch(7.5)],
    ["a gate that is open is open", gate("a", 0), launch()],
    [
      "a hint that leads to never is never",
      tally("a", (_, now) => (now < 5 ? refuse("a", 5) : refuse("b", null))),
      refuse("b", null),
    ],
    [
      "hints that are too short are followed, and the rest is told",
      tally("a", (_, now) => (now < 99 ? refuse("a", 1 + (now % 3)) : launch())),
      refuse("a", 97),
    ],
    [
      "where eight in a row are the same, it is that one",
      tally("a", (_, now) => (now < 8 ? refuse("a", 1) : launch())),
      refuse("a", 1),
    ],
    [
      "seven are followed",
      tally("a", (_, now) => (now < 7 ? refuse("a", 1) : launch())),
      launch(7),
    ],
    [
      "up to 64 hints are followed",
      tally("a", (_, now) => (now < 96 ? refuse("a", 1 + (now % 3)) : launch())),
      launch(96),
    ],
    [
      "a calendar is waited for",
      calendar("shut", { openMs: 5, closedMs: 7, phaseMs: 5 }),
      launch(7),
    ],
  ])("%s", (_, policy, decision) => {
    expect(first(waitOut(policy))[1]).toStrictEqual(decision);
  });

  it("asks as of the hint, on the state that the refusal left, with wall moved along", () => {
    const seen: unknown[] = [];
    const policy = tally("a", (event, now) => {
      seen.push([now, event.wall - restart.wall, event.draw]);
      return now < 30 ? refuse("a", 10) : launch();
    });
    const [state, answer] = waitOut(policy).step(policy.initial(), restart, 5);
    expect(answer).toStrictEqual(launch(30));
    expect(seen).toEqual([
      [5, 0, 0.5],
      [15, 10, 0.5],
      [25, 20, 0.5],
      [35, 30, 0.5],
    ]);
    expect(state).toEqual({ facts: 0, asked: 4 });
  });

  it("looks 64 times at most", () => {
    let looks = 0;
    const policy = tally("a", () => {
      looks++;
      return refuse("a", looks);
    });
    expect(first(waitOut(policy))[1]).toStrictEqual(refuse("a", (65 * 66) / 2));
    expect(looks).toBe(65);
  });

  it("what stays a refusal leaves the state of the first answer", () => {
    const stays = [
      tally("not yet", (_, now) => refuse("a", now + 1)),
      tally("the same", () => refuse("a", 1)),
      tally("never", (_, now) => refuse("a", now < 5 ? 5 : null)),
    ];
    for (const policy of stays) {
      expect(first(waitOut(policy))[0], policy.name).toEqual({ facts: 0, asked: 1 });
    }
  });

  it.each([0, 1, MAX - 5, MAX])("does not look beyond the end of time, from %d", (now) => {
    const far = tally("far", (_, at) => (at > MAX ? expect.unreachable() : refuse("far", MAX)));
    expect(first(waitOut(far), now)[1]).toStrictEqual(refuse("far", MAX));
  });

  it("lets an answer show that breaks the contract", () => {
    const broken = tally("a", () => noted as never);
    expect(first(waitOut(broken))[1]).toBe(noted);
    expect(first(waitOut(pausing(Number.NaN)))[1]).toEqual(launch(Number.NaN));
  });

  it("notes facts, asks for every cause, and shares the state of its policy", () => {
    const policy = waitOut(gate("a", 5) as RestartPolicy);
    expect(policy.step(policy.initial(), crash, 0)).toStrictEqual([{ facts: 1, asked: 0 }, noted]);
    for (const event of [start, restart, operator]) {
      expect(policy.step(policy.initial(), event, 0)[1]).toStrictEqual(launch(5));
    }
    expect(policy.parse({ facts: 1, asked: 2 }, 0)).toStrictEqual({ facts: 1, asked: 2 });
    expect(policy.wraps?.name).toBe("a");
    expect(policy.describe).toMatchObject({ kind: "waitOut", options: {}, timesMs: [5] });
    expect(policy.describe).not.toHaveProperty("limit");
  });

  it("agrees with a simple twin on whole decisions", () => {
    often(stories, ([member, trace]) => {
      let waited = false;
      for (const { before, event, now } of tell(member, trace)) {
        const [, decision] = waitOut(member).step(before, event, now);
        expect(decision).toStrictEqual(twin(member, before, event, now)[1]);
        waited ||=
          member.step(before, event, now)[1].type === "refuse" && decision.type === "launch";
      }
      return waited;
    });
  });

  it("never says not yet; and a delay is as long as the hint", () => {
    often(stories, ([member, trace]) => {
      let met = false;
      for (const { before, event, now, decision } of tell(waitOut(member), trace)) {
        expect(decision.type === "refuse" && decision.retryAfterMs !== null).toBe(false);
        const plain = member.step(before, event, now)[1];
        if (plain.type !== "refuse" || plain.retryAfterMs === null) continue;
        expect(decision.type === "launch" && decision.delayMs).toBeGreaterThanOrEqual(
          plain.retryAfterMs,
        );
        met = true;
      }
      return met;
    });
  });

  it("is the opposite of giveUp: who gave up does not wait, and who waits does not give up", () => {
    often(stories, ([member, trace]) => {
      const waiting = tell(waitOut(member), trace);
      expect(tell(giveUp(waitOut(member)), trace)).toStrictEqual(waiting);
      expect(tell(waitOut(waitOut(member)), trace)).toStrictEqual(waiting);
      const strict = tell(giveUp(member), trace);
      expect(tell(waitOut(giveUp(member)), trace)).toStrictEqual(strict);
      return JSON.stringify(decisionsOf(strict)) !== JSON.stringify(decisionsOf(waiting));
    });
  });

  it("asked x ms later, on the same state, a delay is x shorter", () => {
    const policy = waitOut(slidingWindow({ limit: 1, windowMs: 100 }));
    fc.assert(
      fc.property(fc.nat(150), (ms) => {
        const [full] = policy.step(policy.initial(), restart, 0);
        const [, answer] = policy.step(full, { ...restart, wall: restart.wall + ms }, ms);
        expect(answer).toStrictEqual(launch(Math.max(0, 100 - ms)));
      }),
    );
  });

  it("a request before the instant that was waited for is asked then, and does not throw", () => {
    const policy = waitOut(
      inTurn(backoff({ initialMs: 10 }), slidingWindow({ limit: 1, windowMs: 100 })),
    );
    const [one] = policy.step(policy.initial(), restart, 0);
    const [two, answer] = policy.step(one, restart, 0);
    expect(answer).toStrictEqual(launch(100));
    expect(policy.step(two, operator, 50)[1]).toStrictEqual(launch(150));
    expect(policy.idle?.(policy.parse(two, 50), 150)).toBe(true);
  });
});
