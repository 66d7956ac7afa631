import { backoff, constant } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  giveUpOn,
  inTurn,
  launch,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  restartPolicy,
  stopWhen,
  waitOut,
  when,
} from "@steadfast/policy";
import { systemdStartLimit } from "@steadfast/presets";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { explain } from "../src/index.js";

const every = (delayMs: number) => backoff({ curve: constant({ delayMs }), jitter: "none" });
const window = (limit: number, windowMs: number) => slidingWindow({ limit, windowMs });
const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
const crash = {
  type: "exited",
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs: 5,
} as const;

/** A start at 0, then crashes and restarts at these instants; the last restart is explained. */
function after(policy: RestartPolicy, ...instants: number[]) {
  let [state] = policy.step(policy.initial(), { ...restart, cause: "start" }, 0);
  const last = instants.at(-1) ?? 0;
  for (const now of instants) {
    [state] = policy.step(state, crash, now);
    if (now !== last) [state] = policy.step(state, { ...restart, wall: now }, now);
  }
  return explain(policy, state, { ...restart, wall: last }, last);
}

const ofTen = allOf(restartOn("transient"), window(2, 600_000), every(200));

describe("who decided, what it counts, and until when", () => {
  it("a window that is full", () => {
    expect(after(ofTen, 1_000, 10_000)).toMatchObject({
      decidedBy: { path: [1], name: "slidingWindow", kind: "slidingWindow" },
      counters: { count: 2, limit: 2, windowMs: 600_000 },
      changesAt: 600_000,
      changesTo: { type: "launch", delayMs: 0 },
      certainty: "exact",
      sentence:
        "Refused for now (window-full): slidingWindow has counted 2 launches in 600 000 ms, and its limit is 2; asked again in 590 000 ms, at the instant 600 000, it is launched at once.",
    });
  });

  it("a delay", () => {
    expect(after(ofTen, 1_000)).toMatchObject({
      decidedBy: { path: [2], name: "backoff" },
      counters: { count: 1, since: 1_000, capMs: 200 },
      changesAt: 1_200,
      certainty: "exact",
      sentence:
        "Launched in 200 ms, at the instant 1 200: backoff has counted 1 failure in a row, and its delays end at 200 ms.",
    });
  });

  it("nobody objects: the policy itself", () => {
    expect(after(allOf(restartOn("transient"), window(9, 1_000)), 50)).toMatchObject({
      decidedBy: { path: [] },
      changesAt: null,
      certainty: "none",
      sentence: "Launched at once: nothing in allOf(restartOn, slidingWindow) objects.",
    });
  });

  it("never", () => {
    expect(after(allOf(every(5), lifetimeCap({ restarts: 1 })), 10, 20)).toMatchObject({
      decidedBy: { path: [1], name: "lifetimeCap" },
      counters: { restarts: 1 },
      changesAt: null,
      sentence:
        "Refused for good (cap-reached): lifetimeCap has admitted 1 restart, and its limit is 1; only a reset changes that.",
    });
  });

  it("in turn: the window is asked as of the end of the delay", () => {
    const why = after(inTurn(every(200), window(1, 1_000)), 100);
    expect(why).toMatchObject({ decidedBy: { path: [1] }, changesAt: 1_000, certainty: "exact" });
    expect(why.parts.map(({ decision }) => decision)).toEqual([
      { type: "launch", delayMs: 200 },
      { type: "refuse", reason: "window-full", retryAfterMs: 700 },
    ]);
  });

  it("in turn: where the first refuses, the second is not asked", () => {
    const why = after(inTurn(lifetimeCap({ restarts: 0 }), allOf(every(5), window(1, 10))), 100);
    expect(why.parts.map(({ path, decision }) => [path.join("."), decision?.type ?? null])).toEqual(
      [
        ["0", "refuse"],
        ["1.0", null],
        ["1.1", null],
      ],
    );
  });

  it("through giveUp and coarse, whose state is that of their member", () => {
    expect(after(giveUp(allOf(window(1, 100))), 10)).toMatchObject({
      decision: { retryAfterMs: null },
      decidedBy: { path: [0, 0], name: "slidingWindow" },
      counters: { count: 1, limit: 1 },
    });
    expect(after(coarse(window(1, 2_000), 1_000), 1_500)).toMatchObject({
      decidedBy: { path: [0] },
      changesAt: 2_000,
      certainty: "exact",
    });
  });

  it("through a preset", () => {
    const { policy } = systemdStartLimit({ startLimitBurst: 1 });
    expect(after(policy, 10).decidedBy).toMatchObject({ path: [0, 1], kind: "crashBudget" });
  });

  it("a composition that looked ahead: whoever still refuses right before the hint", () => {
    type Hint = (now: number, openAt: number) => number;
    const opening = (openAt: number, reason: string, hint: Hint): RestartPolicy =>
      restartPolicy({
        name: reason,
        launch: (state, _, now) => [
          state,
          now >= openAt ? launch() : { type: "refuse", reason, retryAfterMs: hint(now, openAt) },
        ],
      });
    const long = opening(50, "long", (now, openAt) => openAt - now);
    const short = opening(500, "short", (now) => (now % 2 === 0 ? 5 : 3));
    const why = after(allOf(long, short), 10);
    expect(why.decision).toMatchObject({ reason: "short" });
    expect(why.decidedBy.name).toBe("short");
  });
});

it("a policy of one's own: its plain fields are its counters, and a plain state is one", () => {
  const own = restartPolicy<number>({
    name: "own",
    describe: { limit: 3, capMs: 9 },
    initial: () => 7,
    launch: (state) => [state + 1, launch(9)],
  });
  expect(explain(own, 7, restart, 0)).toMatchObject({
    decidedBy: { path: [], name: "own", kind: "own" },
    counters: { state: 8, limit: 3, capMs: 9 },
  });
});

it("a delay that runs from the request does not get shorter: the instant is a bound", () => {
  const policy = backoff({ curve: constant({ delayMs: 50 }), jitter: "none", from: "request" });
  expect(after(policy, 10)).toMatchObject({ changesAt: 60, certainty: "bound" });
  expect(after(policy, 10).sentence).toContain(
    "the answer changes at the instant 60 at the earliest",
  );
});

it("facts are noted", () => {
  const policy = allOf(window(1, 10));
  expect(explain(policy, policy.initial(), crash, 5)).toMatchObject({
    decision: { type: "noted" },
    decidedBy: { path: [] },
    changesAt: null,
    certainty: "none",
    sentence: "Noted by allOf(slidingWindow).",
  });
});

describe("F-10: what is counted stands beside its limit", () => {
  it.each([
    [
      "a window of failures",
      slidingWindow({ limit: 2, windowMs: 9_000, counts: "failures" }),
      { count: 2, limit: 2, windowMs: 9_000 },
      "has counted 2 failures in 9 000 ms, and its limit is 2",
    ],
    [
      "a window of restarts",
      slidingWindow({ limit: 1, windowMs: 9_000, counts: "restarts" }),
      { count: 1, limit: 1 },
      "has counted 1 restart in 9 000 ms, and its limit is 1",
    ],
    [
      "a window that trips over its limit",
      slidingWindow({ limit: 1, windowMs: 9_000, counts: "failures", tripAt: "over-limit" }),
      { count: 2, limit: 1 },
      "has counted 2 failures in 9 000 ms, and its limit is 1",
    ],
    [
      "a budget",
      crashBudget({ retries: 1, windowMs: 9_000, retryDelayMs: 0 }),
      { count: 2, retries: 1, windowMs: 9_000 },
      "has counted 2 crashes in its window of 9 000 ms, and it retries 1",
    ],
    [
      "a budget of launches",
      crashBudget({ retries: 1, windowMs: 9_000, retryDelayMs: 0, counts: "launches" }),
      { count: 2, retries: 1 },
      "has counted 2 launches in its window of 9 000 ms, and it retries 1",
    ],
    [
      "a pause",
      pausingWindow({ limit: 2, windowMs: 9_000, pauseMs: 50_000 }),
      { pauses: 1, limit: 2 },
      "has begun 1 pause in a row, and its limit is 2 failures in 9 000 ms",
    ],
    [
      "a score",
      decayingBudget({ threshold: 1.5, halfLifeMs: 30_000, pauseMs: 9_000 }),
      { threshold: 1.5, halfLifeMs: 30_000 },
      "has a score of 2, and its threshold is 1.5",
    ],
    [
      "a cap",
      lifetimeCap({ restarts: 1 }),
      { restarts: 1, limit: 1 },
      "has admitted 1 restart, and its limit is 1",
    ],
  ] as const)("%s", (_, policy: RestartPolicy, counters, words) => {
    const why = after(policy, 10, 11);
    expect(why.decision.type).toBe("refuse");
    expect(why.counters).toMatchObject(counters);
    expect(why.sentence).toContain(`${policy.name} ${words}`);
  });
});

describe("a sentence as a colleague would write it", () => {
  it("names what made a not-yet final", () => {
    const why = after(allOf(restartOn("permanent"), giveUp(window(1, 600_000))), 10_000);
    expect(why.decidedBy).toMatchObject({ path: [1, 0], kind: "slidingWindow" });
    expect(why.finalBy).toEqual({ path: [1], name: "giveUp(slidingWindow)", kind: "giveUp" });
    expect(why.sentence).toBe(
      "Refused for good (window-full): slidingWindow has counted 1 launch in 600 000 ms, and its limit is 1; that would be for 590 000 ms, and giveUp makes it final; only a reset changes that.",
    );
  });

  it("of several giveUps the innermost, and none where the member itself says never", () => {
    const twice = after(giveUp(allOf(giveUp(window(1, 100)))), 10);
    expect(twice.finalBy?.path).toEqual([0, 0]);
    expect(after(giveUp(lifetimeCap({ restarts: 0 })), 10).finalBy).toBeNull();
    expect(after(window(1, 100), 10).finalBy).toBeNull();
  });

  it("names what made a not-yet a delay", () => {
    const why = after(allOf(restartOn("permanent"), waitOut(window(1, 600_000))), 10_000);
    expect(why.decision).toEqual({ type: "launch", delayMs: 590_000 });
    expect(why.decidedBy).toMatchObject({ path: [1, 0], kind: "slidingWindow" });
    expect(why.waitedBy).toEqual({ path: [1], name: "waitOut(slidingWindow)", kind: "waitOut" });
    expect(why.sentence).toBe(
      "Launched in 590 000 ms, at the instant 600 000: slidingWindow has counted 1 launch in 600 000 ms, and its limit is 1, and waitOut waits for that.",
    );
    expect(after(waitOut(window(2, 600_000)), 10_000).waitedBy).toBeNull();
    expect(after(waitOut(every(50)), 10_000)).toMatchObject({
      decidedBy: { path: [0], kind: "backoff" },
      waitedBy: null,
    });
    const never = after(waitOut(giveUp(window(1, 100))), 10);
    expect(never).toMatchObject({
      decidedBy: { path: [0, 0] },
      finalBy: { path: [0] },
      waitedBy: null,
    });
  });

  it("looks into `when`: its policy was asked, or had nothing to decide about", () => {
    const matching = allOf(
      when(({ code }) => code === 1, giveUp(window(1, 600_000))),
      when(({ code }) => code === 2, every(70)),
    );
    // A start is not asked: the restart at 10 is the first that the window counts.
    expect(after(matching, 10, 20)).toMatchObject({
      decidedBy: { path: [0, 0, 0], name: "slidingWindow", kind: "slidingWindow" },
      finalBy: { path: [0, 0] },
      parts: [{ path: [0, 0, 0] }, { path: [1, 0], decision: null, counters: { count: 0 } }],
    });
    expect(
      after(
        when(() => true, every(70)),
        10,
      ),
    ).toMatchObject({
      decidedBy: { path: [0], kind: "backoff" },
      sentence:
        "Launched in 70 ms, at the instant 80: backoff has counted 1 failure in a row, and its delays end at 70 ms.",
    });
    const passed = after(
      when(() => false, every(70)),
      10,
    );
    expect(passed).toMatchObject({ decidedBy: { path: [] }, parts: [{ decision: null }] });
    expect(passed.sentence).toBe("Launched at once: when(backoff) has no exit to decide about.");
  });

  it("`when` and the facts: its policy hears the exits that match, health and resets", () => {
    const policy = when(({ code }) => code === 1, every(70));
    const heard = (event: Parameters<typeof explain>[2]) =>
      explain(policy, policy.initial(), event, 5).parts.map(({ decision }) => decision?.type);
    expect(heard(crash)).toEqual(["noted"]);
    expect(heard({ ...crash, exit: { kind: "failed", code: 2 } })).toEqual([undefined]);
    expect(heard({ type: "healthy" })).toEqual(["noted"]);
    expect(heard({ type: "reset" })).toEqual(["noted"]);
    const [matched] = policy.step(policy.initial(), crash, 5);
    const start = explain(policy, matched, { ...restart, cause: "start" }, 6);
    expect(start.parts.map(({ decision }) => decision)).toEqual([null]);
  });

  it("calls two members of one name by their places, which do not look like instants", () => {
    const why = after(allOf(window(9, 100), allOf(window(1, 5_000))), 10);
    expect(why.sentence).toContain("slidingWindow (members[1].members[0]) has counted 1 launch");
    expect(after(ofTen, 1_000, 10_000).sentence).not.toContain("members");
  });

  it("says which exit was not wanted, waited for, or permanent", () => {
    expect(after(restartOn("temporary"), 5).sentence).toBe(
      'Refused for good (not-wanted): restartOn is "temporary", and wants no restart after the last exit; only a reset changes that.',
    );
    expect(
      after(
        giveUpOn(() => true),
        5,
      ).sentence,
    ).toContain("giveUpOn takes the last exit for permanent");
    expect(
      after(
        stopWhen(() => true),
        5,
      ).sentence,
    ).toContain("the last exit is what stopWhen waits for");
    expect(after(restartOn("permanent"), 5).sentence).toBe(
      "Launched at once: nothing in restartOn objects.",
    );
  });

  it("leaves out what there is nothing to say about", () => {
    const why = after(ofTen, 1_000);
    for (const { counters } of [why, ...why.parts]) {
      expect(Object.values(counters)).not.toContain(null);
    }
  });

  it("lists the counters of a policy of another kind", () => {
    const own = restartPolicy<{ tokens: number; at: null }>({
      name: "own",
      initial: () => ({ tokens: 3, at: null }),
      launch: (state) => [state, { type: "refuse", reason: "dry", retryAfterMs: 7 }],
    });
    expect(explain(own, own.initial(), restart, 1_000).sentence).toBe(
      "Refused for now (dry): own has tokens 3; the answer changes at the instant 1 007 at the earliest.",
    );
  });
});
