import { backoff, constant } from "@steadfast/backoff";
import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  launch,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import { systemdStartLimit } from "@steadfast/presets";
import { slidingWindow } from "@steadfast/sliding-window";
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
        "Refused as window-full by slidingWindow at 1 (count 2, limit 2, windowMs 600 000); asked again at 600 000, it is launched at once.",
    });
  });

  it("a delay", () => {
    expect(after(ofTen, 1_000)).toMatchObject({
      decidedBy: { path: [2], name: "backoff" },
      counters: { count: 1, since: 1_000, capMs: 200 },
      changesAt: 1_200,
      certainty: "exact",
      sentence: expect.stringContaining("Launched in 200 ms, at 1 200: the delay of backoff at 2"),
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
        "Refused as cap-reached by lifetimeCap at 1 (restarts 1); never again without a reset.",
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
  expect(after(policy, 10).sentence).toContain("the answer changes at 60 at the earliest");
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
