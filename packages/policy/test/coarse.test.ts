import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  coarse,
  inTurn,
  isPolicyOptionsError,
  launch,
  noted,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "../src/index.js";
import { anyMember, steadyMember, timesOf, unsteadyMember } from "./members.js";
import {
  backoff,
  calendar,
  gate,
  never,
  pausing,
  slidingWindow,
  tally,
  turnstile,
  type WindowState,
  watching,
} from "./sample-policies.js";
import {
  crash,
  decisionsOf,
  frozen,
  type Happening,
  restart,
  start,
  tell,
  traces,
  WALL,
} from "./traces.js";

const MAX = Number.MAX_SAFE_INTEGER;

function ask(policy: RestartPolicy, now: number) {
  return policy.step(policy.initial(), { ...restart, wall: WALL + now }, now)[1];
}

describe("coarse", () => {
  it.each([
    [0, 0],
    [1, 0],
    [999, 0],
    [1_000, 1_000],
    [1_001, 1_000],
    [-1, -1_000],
    [-1_000, -1_000],
    [MAX, MAX - 991],
  ])("shows %d as %d", (now, seen) => {
    const instants: number[] = [];
    const watcher = watching(({ wall }, at) => instants.push(at, wall - WALL));
    ask(coarse(watcher, 1_000), now);
    expect(instants).toEqual([seen, seen]);
  });

  it("rounds by the exact rest: one millisecond before a unit is not the unit, also far away", () => {
    for (const unit of [3, 7, 1_000, 86_400_000]) {
      const far = MAX - (MAX % unit);
      const instants: number[] = [];
      const watcher = watching((_, now) => instants.push(now));
      for (const now of [far - 1, far]) ask(coarse(watcher, unit), now);
      expect(instants).toEqual([far - unit, far]);
    }
  });

  it.each([
    ["a gate on a unit, from before", gate("a", 2_000), 500, refuse("a", 1_500)],
    ["one millisecond before it opens", gate("a", 2_000), 1_999, refuse("a", 1)],
    ["as it opens", gate("a", 2_000), 2_000, launch()],
    ["a gate within a unit: the next unit", gate("a", 2_001), 500, refuse("a", 2_500)],
    ["within the unit it is not open yet", gate("a", 2_001), 2_999, refuse("a", 1)],
    ["and then it is", gate("a", 2_001), 3_000, launch()],
    ["never stays never", never("a"), 500, refuse("a", null)],
    ["a delay runs from the whole unit", pausing(700), 1_200, launch(500)],
    ["down to 0", pausing(700), 1_700, launch()],
    ["and no further", pausing(700), 1_900, launch()],
    ["a fraction is kept", pausing(700.5), 1_200, launch(500.5)],
    ["on a whole unit nothing changes", pausing(700), 1_000, launch(700)],
  ])("%s", (_, policy, now, decision) => {
    expect(ask(coarse(policy, 1_000), now)).toStrictEqual(decision);
  });

  it("counts as OTP does: crashes a second apart by the clock may be in one second, or not", () => {
    const policy = coarse(slidingWindow({ limit: 1, windowMs: 2_000 }), 1_000);
    const [early] = policy.step(policy.initial(), start, 1_000);
    const [late] = policy.step(policy.initial(), start, 1_999);
    expect(policy.step(early, restart, 2_999)[1]).toStrictEqual(refuse("window-full", 1));
    expect(policy.step(early, restart, 3_000)[1]).toStrictEqual(launch());
    expect(policy.step(late, restart, 2_999)[1]).toStrictEqual(refuse("window-full", 1));
    expect(policy.step(late, restart, 3_000)[1]).toStrictEqual(launch());
  });

  it("moves the wall clock along, so that a calendar's hint is exact as well", () => {
    const day = coarse(calendar("night", { openMs: 350, closedMs: 350, phaseMs: 0 }), 100);
    for (let now = 0; now < 2_100; now += 7) {
      const answer = ask(day, now);
      if (answer.type !== "refuse" || answer.retryAfterMs === null) continue;
      expect(ask(day, now + answer.retryAfterMs - 1).type).toBe("refuse");
      expect(ask(day, now + answer.retryAfterMs).type).toBe("launch");
    }
  });

  it("stays in range at the end of time", () => {
    const far = tally("far", () => refuse("far", MAX));
    for (const now of [0, 1, 999, MAX, -MAX + 1_000]) {
      const answer = ask(coarse(far, 1_000), now);
      expect(answer.type === "refuse" && Number.isSafeInteger(answer.retryAfterMs)).toBe(true);
    }
  });

  it("looks ahead where the policy is willing by turns: the first whole unit in which it is", () => {
    for (const unit of [2, 3, 5]) {
      const policy = coarse(turnstile("x", { openMs: 2, closedMs: 5, phaseMs: 0 }), unit);
      for (let now = 0; now < 70; now++) {
        let first = 0;
        while (ask(policy, now + first).type === "refuse") first++;
        expect(ask(policy, now)).toStrictEqual(first === 0 ? launch() : refuse("x", first));
      }
    }
  });

  it("gives facts on as they are", () => {
    const seen: unknown[] = [];
    const policy = coarse(
      restartPolicy<null>({
        name: "w",
        initial: () => null,
        exited: (state, event) => (seen.push(event) > 0 ? state : null),
        launch: (state) => [state, launch()],
      }),
      1_000,
    );
    policy.step(null, crash, 1_900);
    expect(seen[0]).toBe(crash);
  });

  it("gives requests and answers on as they are where nothing is rounded off", () => {
    const pause = launch(700);
    const asked: unknown[] = [];
    const policy = coarse(
      tally("w", (event) => {
        asked.push(event);
        return pause;
      }),
      1_000,
    );
    expect(policy.step(policy.initial(), restart, 3_000)[1]).toBe(pause);
    expect(asked[0]).toBe(restart);
  });

  it("in units of 1 does not look ahead: a hint that is never kept stays what it was", () => {
    let asked = 0;
    const busy = tally("busy", () => {
      asked++;
      return refuse("busy", 5);
    });
    expect(ask(coarse(busy, 1), 10)).toStrictEqual(refuse("busy", 5));
    expect(asked).toBe(1);
    ask(coarse(busy, 2), 10);
    expect(asked).toBeGreaterThan(2);
  });

  it("does not look ahead of a fact that was refused, against the contract: the fault shows", () => {
    const times: number[] = [];
    const policy = coarse(
      {
        ...gate("a", 0),
        step: (state, _, now) => [state, refuse("x", times.push(now))] as const,
      },
      1_000,
    );
    expect(policy.step(policy.initial(), crash, 2_500)[1]).toStrictEqual(refuse("x", 500));
    expect(times).toEqual([2_000]);
  });

  it("tells facts as of the whole unit", () => {
    const policy = coarse(backoff({ initialMs: 700 }), 1_000);
    const [state, answer] = policy.step(policy.initial(), crash, 1_900);
    expect(answer).toStrictEqual(noted);
    expect(state).toStrictEqual({ exitedAt: 1_000, fails: 1 });
  });

  it.each([0, -1, 0.5, Number.NaN, MAX + 1, "1000", undefined])("refuses a unit of %s", (unit) => {
    expect(() => coarse(never("a"), unit as number)).toThrow(
      expect.toSatisfy(
        (error) =>
          isPolicyOptionsError(error) &&
          error.message.startsWith("coarse: unitMs must be a whole number from 1 to"),
      ),
    );
  });

  it("shows no instant before 1-2^53: the first unit is what is left of one", () => {
    const MIN = Number.MIN_SAFE_INTEGER;
    const seen: number[] = [];
    const busy = tally("busy", (_, now) => {
      seen.push(now);
      return now === MIN ? refuse("busy", 1) : launch();
    });
    const policy = coarse(busy, 1_000);
    // 2^53-1 is 991 beyond a thousand: the first whole unit is 991 later.
    for (const [now, hint] of [
      [MIN, 991],
      [MIN + 1, 990],
      [MIN + 990, 1],
    ] as const) {
      expect(ask(policy, now)).toStrictEqual(refuse("busy", hint));
    }
    expect(ask(policy, MIN + 991)).toStrictEqual(launch());
    expect(new Set(seen)).toEqual(new Set([MIN, MIN + 991]));
  });

  it("tells a state that was saved from the same answers, also where a delay inside ends within a unit", () => {
    const policy = coarse(
      inTurn(pausing(200), slidingWindow({ limit: 1, windowMs: 1_000 })),
      1_000,
    );
    const [full] = policy.step(policy.initial(), start, 900);
    const read = policy.parse(JSON.parse(JSON.stringify(full)), 900);
    for (const now of [900, 1_000, 1_999, 2_000, 3_000]) {
      expect(policy.step(read, restart, now)[1]).toStrictEqual(policy.step(full, restart, now)[1]);
    }
  });

  it("is the same policy in all else: name, state, parse, idleness", () => {
    const window = slidingWindow({ limit: 1, windowMs: 1_500 });
    const policy = coarse(window, 1_000);
    expectTypeOf(policy).toEqualTypeOf<RestartPolicy<WindowState>>();
    expect(policy.name).toBe("coarse(slidingWindow)");
    expect(policy.parse({ stamps: [3_000, 3_500, 4_000] }, 3_999)).toStrictEqual({
      stamps: [3_000, 3_500, 3_999],
    });
    const [full] = policy.step(policy.initial(), start, 0);
    expect([1_999, 2_000].map((now) => policy.idle?.(full, now))).toEqual([false, true]);
    expect(policy.step(frozen(full), restart, 900)[0]).toBe(full);
    const { idle: _, ...silent } = gate("a", 0);
    expect(coarse(silent, 5).idle?.(silent.initial(), 0)).toBe(false);
  });

  it.each([
    [1_500, 1_000, 1_001],
    [2_000, 1_000, 1_001],
    [2_001, 1_000, 2_001],
    [1_000, 1, 1_000],
    [10, 1_000, 1],
    [0, 1_000, 0],
  ])("describes a window of %d in units of %d as one of at least %d", (windowMs, unit, least) => {
    const window = slidingWindow({ limit: 1, windowMs });
    expect(coarse(window, unit).describe).toStrictEqual({
      kind: "coarse",
      options: { unitMs: unit },
      limit: 1,
      windowMs: least,
      timesMs: [...new Set([unit, windowMs])],
      members: [window.describe],
    });
    expect(coarse(never("a"), 5).describe).not.toHaveProperty("windowMs");
  });
});

describe("laws of coarse", () => {
  const units = fc.integer({ min: 1, max: 12 });
  const stories = (member: fc.Arbitrary<RestartPolicy>) =>
    fc
      .tuple(member, units)
      .chain(([policy, unit]) =>
        fc.tuple(
          fc.constant(policy),
          fc.constant(unit),
          traces([unit, ...timesOf([policy])]),
          fc.integer({ min: -50, max: 50 }),
        ),
      );

  it("in units of 1 it changes nothing", () => {
    often(stories(anyMember), ([member, , trace, from]) => {
      const plain = tell(member, trace, from);
      expect(tell(coarse(member, 1), trace, from)).toStrictEqual(plain);
      return plain.some(({ decision }) => decision.type === "refuse");
    });
  });

  it("twice is once", () => {
    often(stories(steadyMember), ([member, unit, trace, from]) => {
      const once = tell(coarse(member, unit), trace, from);
      expect(tell(coarse(coarse(member, unit), unit), trace, from)).toStrictEqual(once);
      return unit > 1 && once.some(({ decision }) => decision.type === "refuse");
    });
  });

  it("decides as the policy alone would, were everything at whole units", () => {
    often(stories(anyMember), ([member, unit, trace, from]) => {
      const exact = trace.map(({ gapMs, event }) => ({ gapMs: gapMs * unit, event }));
      const plain = tell(member, exact, from * unit);
      const seen = tell(coarse(member, unit), exact, from * unit);
      expect(seen.map(({ after }) => after)).toStrictEqual(plain.map(({ after }) => after));
      const types = decisionsOf(plain).map(({ type }) => type);
      expect(decisionsOf(seen).map(({ type }) => type)).toStrictEqual(types);
      return unit > 1 && types.includes("refuse");
    });
  });

  function expectExact(policy: RestartPolicy, trace: Happening[], from: number, steady: boolean) {
    let waited = false;
    for (const { event, now, after, decision } of tell(policy, trace, from)) {
      if (event.type !== "launch" || decision.type !== "refuse") continue;
      const wait = decision.retryAfterMs;
      if (wait === null) continue;
      const answerAfter = (ms: number) =>
        policy.step(after, { ...event, wall: event.wall + ms }, now + ms)[1].type;
      if (!steady && answerAfter(wait) === "refuse") continue;
      expect(answerAfter(wait - 1)).toBe("refuse");
      expect(answerAfter(wait)).toBe("launch");
      waited = true;
    }
    return waited;
  }

  it("its hint is exact for a steady policy", () => {
    often(
      stories(steadyMember),
      ([member, unit, trace, from]) =>
        expectExact(coarse(member, unit), trace, from, true) && unit > 1,
    );
  });

  it("and for one that is willing by turns, where 64 looks were enough", () => {
    often(
      stories(unsteadyMember),
      ([member, unit, trace, from]) =>
        expectExact(coarse(member, unit), trace, from, false) && unit > 1,
    );
  });

  it("a delay that is an instant in disguise stays one", () => {
    const delays = fc.nat(40).map((initialMs): RestartPolicy => backoff({ initialMs, capMs: 50 }));
    often(stories(delays), ([member, unit, trace, from]) => {
      const policy = coarse(member, unit);
      let delayed = false;
      for (const { event, now, before, decision } of tell(policy, trace, from)) {
        if (event.type !== "launch" || decision.type !== "launch") continue;
        for (const x of [1, unit - 1, unit, unit + 1, 17]) {
          const [, later] = policy.step(before, event, now + x);
          expect(later).toStrictEqual(launch(Math.max(0, decision.delayMs - x)));
        }
        delayed ||= unit > 1 && decision.delayMs > 0;
      }
      return delayed;
    });
  });

  it("at most `limit` launches in any window as it is described", () => {
    const windows = fc
      .record({ limit: fc.integer({ min: 1, max: 3 }), windowMs: fc.nat(30) })
      .map((options) => slidingWindow(options));
    often(fc.tuple(windows, units, traces([5, 30])), ([window, unit, trace]) => {
      const policy = coarse(window, unit);
      const { limit = 0, windowMs = 0 } = policy.describe;
      const launches = tell(policy, trace).flatMap(({ event, now, decision }) =>
        event.type === "launch" && decision.type === "launch" ? now : [],
      );
      const forgiven = trace.some(({ event }) => event.type === "reset");
      const busiest = Math.max(
        0,
        ...launches.map((at) => launches.filter((t) => t >= at && t < at + windowMs).length),
      );
      if (!forgiven) expect(busiest).toBeLessThanOrEqual(limit);
      return !forgiven && unit > 1 && busiest === limit;
    });
  });

  it("steady stays steady: once willing, willing", () => {
    often(stories(steadyMember), ([member, unit, trace, from]) => {
      const policy = coarse(member, unit);
      let willing = false;
      for (const { event, now, before, decision } of tell(policy, trace, from)) {
        if (event.type !== "launch" || decision.type !== "launch") continue;
        for (const ms of [1, unit, 40, 1_000]) {
          expect(policy.step(before, event, now + ms)[1].type).toBe("launch");
        }
        willing ||= unit > 1;
      }
      return willing;
    });
  });
});
