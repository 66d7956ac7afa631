// The time for all attempts together. Each edge of src/deadline.ts is a row or a test here.

import {
  launch,
  type RemotePolicy,
  type RestartDecision,
  refuse,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, type Life, World } from "./world.js";

const LATE = { type: "refused", reason: "deadline", retryAfterMs: null };
const every = (ms: number, ...script: Life[]) => ({
  policy: answers(launch(), ...Array.from({ length: 20 }, () => launch(ms))),
  script: script.length > 0 ? script : Array.from({ length: 20 }, () => ({ runMs: 10 })),
});
const outcomeOf = ({ effects }: World) => {
  const settle = effects.find(({ type }) => type === "settle");
  return settle?.type === "settle" ? settle.outcome : null;
};

describe("a next attempt", () => {
  it.each([
    [100, 3, [0, 40, 80], 90, "the next one would begin at 120"],
    [81, 3, [0, 40, 80], 81, "the last one begins 1 ms before it, and is ended at it"],
    [80, 2, [0, 40], 50, "it would begin at exactly the deadline: refused at once"],
    [40, 1, [0], 10, "the first restart would"],
    [5, 1, [0], 5, "it comes while the first attempt runs"],
    [1, 1, [0], 1, "the same, 1 ms after the launch"],
  ])("under %i ms: %i attempts", (deadlineMs, attempts, launchedAt, endsAt, _why) => {
    const world = new World({ ...every(30), deadlineMs }).begin().pass(1_000);
    expect(world.launchedAt).toEqual(launchedAt);
    expect(world.launchedAt).toHaveLength(attempts);
    expect(outcomeOf(world)).toEqual(LATE);
    expect(world.told.at(-1)).toBe(`${endsAt} settle`);
    expect(world.machine.deadline(world.state)).toBeNull();
  });

  it("0 ms: the policy is asked, and there is none", () => {
    const world = new World({ ...every(30), deadlineMs: 0 }).begin();
    expect(world.told).toEqual(["0 refused", "0 settle"]);
    expect(world.notes.map(({ type }) => type)).toEqual(["launch"]);
    expect(outcomeOf(world)).toEqual(LATE);
  });

  it.each([undefined, Number.POSITIVE_INFINITY])("%s: there is no deadline", (deadlineMs) => {
    const given = deadlineMs === undefined ? {} : { deadlineMs };
    const world = new World({ ...every(30), ...given }).begin().pass(700);
    expect(world.launchedAt).toHaveLength(18);
    expect(world.state).not.toHaveProperty("begunAt");
    expect(world.machine.describe).toMatchObject({ options: { deadlineMs: null } });
  });

  it.each([-1, 1.5, Number.NaN, "5", null])("%s is refused by name", (deadlineMs) => {
    expect(() => new World({ deadlineMs: deadlineMs as number })).toThrow(/deadlineMs/);
  });
});

describe("another question", () => {
  const full = (retryAfterMs: number) => answers(launch(), refuse("full", retryAfterMs), launch());

  it("that would come 1 ms before the deadline is asked", () => {
    const world = new World({ policy: full(89), script: [{ runMs: 10 }], deadlineMs: 100 });
    world.begin().pass(99);
    expect(world.launchedAt).toEqual([0, 99]);
  });

  it.each(["wait", "end"] as const)(
    "that would come at it is refused at once: onNotYet %s",
    (onNotYet) => {
      const script = [{ runMs: 10 }];
      const world = new World({ policy: full(90), script, deadlineMs: 100, onNotYet })
        .begin()
        .pass(10);
      expect(outcomeOf(world)).toEqual(LATE);
      expect(world.now).toBe(10);
    },
  );

  it("keeps the reason of a policy that says never", () => {
    const policy = answers(launch(), refuse("closed", null));
    const world = new World({ policy, script: [{ runMs: 100 }], deadlineMs: 100 })
      .begin()
      .pass(100);
    expect(outcomeOf(world)).toMatchObject({ reason: "closed" });
  });

  it("costs a shared budget nothing", () => {
    const shared = restartPolicy<number>({
      name: "counts launches",
      initial: () => 0,
      launch: (state) => [state + 1, launch()],
      parse: (raw) => raw as number,
    });
    const world = new World({ ...every(30), shared, deadlineMs: 40 }).begin().pass(10);
    expect(outcomeOf(world)).toEqual(LATE);
    expect(world.shared).toBe(1);
  });
});

describe("an attempt that runs at the deadline", () => {
  it("is ended as by a stop: asked, killed after the grace period, given up", () => {
    const script = [{ stopMs: null, mortal: false }];
    const times = { gracePeriodMs: 20, abandonAfterMs: 7 };
    const world = new World({ script, deadlineMs: 100, ...times }).begin().pass(1_000);
    expect(world.told.slice(4)).toEqual([
      "100 refused",
      "100 request-stop",
      "120 kill",
      "127 abandon",
      "127 exited",
      "127 settle",
    ]);
    expect(outcomeOf(world)).toEqual(LATE);
  });

  it("without any time in between, all at that instant", () => {
    const script = [{ stopMs: null, mortal: false }];
    const times = { gracePeriodMs: 0, abandonAfterMs: 0 };
    const world = new World({ script, deadlineMs: 100, ...times }).begin().pass(100);
    expect(outcomeOf(world)).toEqual(LATE);
  });

  it("its exit is a fact for the policy, and no question", () => {
    const world = new World({ script: [{ stopMs: 5 }], deadlineMs: 100 }).begin().pass(200);
    expect(world.notes.map(({ type }) => type)).toEqual(["launch", "exited"]);
  });

  it("is ended although the host was away: nobody is excused", () => {
    const world = new World({ script: [{}], deadlineMs: 100 }).begin().sleep(1_000);
    world.give({ type: "tick" });
    expect(world.types()).toContain("request-stop");
  });

  it("what it reports at that very instant comes first: a result is a result", () => {
    const done: Life = { runMs: 100, exit: { kind: "completed" } };
    const policy = restartOn("transient");
    const world = new World({ policy, script: [done], deadlineMs: 100 }).begin().pass(100);
    expect(outcomeOf(world)).toEqual({ type: "completed" });
  });

  it("also if it is read much later", () => {
    const done: Life = { runMs: 50, exit: { kind: "completed" } };
    const policy = restartOn("transient");
    const world = new World({ policy, script: [done], deadlineMs: 100 })
      .begin()
      .sleep(1_000)
      .pass(0);
    expect(outcomeOf(world)).toEqual({ type: "completed" });
  });

  it("a failure at that instant is followed by nothing", () => {
    const world = new World({ script: [{ runMs: 100 }], deadlineMs: 100 }).begin().pass(100);
    expect(world.launchedAt).toEqual([0]);
    expect(outcomeOf(world)).toEqual(LATE);
  });

  it("comes before its own limit of time", () => {
    const world = new World({ script: [{}], deadlineMs: 100, maxRunMs: 100 }).begin().pass(200);
    expect(world.effects.find(({ type }) => type === "request-stop")).toMatchObject({
      reason: "stop",
    });
  });

  it("that is being replaced by plan or by order is not replaced", () => {
    for (const ordered of [true, false]) {
      const recycle = ordered ? {} : { recycle: { ageMs: 90 } };
      const world = new World({ script: [{ stopMs: 10 }], deadlineMs: 100, ...recycle }).begin();
      world.pass(90);
      if (ordered) world.give({ type: "restart", requester: "me", reason: "test" });
      world.pass(10);
      expect(world.launchedAt).toEqual([0]);
      expect(outcomeOf(world)).toEqual(LATE);
    }
  });
});

describe("where there is no attempt", () => {
  it("a pause ends", () => {
    const world = new World({ script: [{ stopMs: 0 }], deadlineMs: 100 }).begin();
    world.give({ type: "pause" });
    world.pass(99);
    expect(outcomeOf(world)).toBeNull();
    world.pass(1);
    expect(outcomeOf(world)).toEqual(LATE);
  });

  it("a hold ends, and what comes too late is not held", () => {
    const held = { policy: answers(launch(), refuse("full", null)), script: [{ runMs: 10 }] };
    const world = new World({ ...held, deadlineMs: 100, onRefused: "hold" }).begin().pass(99);
    expect(world.types()).toContain("held");
    expect(outcomeOf(world.pass(1))).toEqual(LATE);
    const late = new World({ ...every(30), deadlineMs: 40, onRefused: "hold" }).begin().pass(10);
    expect(outcomeOf(late)).toEqual(LATE);
  });

  it("an operator's restart that comes before it is carried out, one that comes at it is not", () => {
    const paused = () => {
      const world = new World({ script: [{ stopMs: 0 }, {}], deadlineMs: 100 }).begin();
      world.give({ type: "pause" });
      return world.pass(50);
    };
    const before = paused();
    before.give({ type: "resume" });
    expect(before.launchedAt).toEqual([0, 50]);
    for (const order of ["resume", "restart"] as const) {
      const at = paused().sleep(50);
      at.give(
        order === "resume" ? { type: order } : { type: order, requester: "me", reason: "test" },
      );
      expect(at.launchedAt).toEqual([0]);
      expect(outcomeOf(at)).toEqual(LATE);
    }
  });

  it("of a child that runs, an order that comes at it is blocked", () => {
    for (const [ms, answer] of [
      [99, "queued-after-stop"],
      [100, "blocked-by-shutdown"],
    ] as const) {
      const world = new World({ script: [{ stopMs: null }], deadlineMs: 100 }).begin().sleep(ms);
      const told = world.give({ type: "restart", requester: "me", reason: "test" });
      expect(told.find(({ type }) => type === "answer")).toMatchObject({ answer });
    }
  });

  it("a reset does not give more time", () => {
    const world = new World({ ...every(30), deadlineMs: 100 }).begin().pass(50);
    world.give({ type: "reset" });
    expect(outcomeOf(world.pass(100))).toEqual(LATE);
    expect(world.now).toBe(150);
    expect(world.told.at(-1)).toBe("90 settle");
  });

  it.each(["stop", "kill"] as const)("a %s at its instant comes before it", (type) => {
    const world = new World({ script: [{}], deadlineMs: 100 }).begin().sleep(100);
    world.give({ type, by: "abort" });
    world.pass(10);
    expect(outcomeOf(world)).toEqual({ type: "stopped", by: "abort" });
    expect(world.types()).not.toContain("refused");
  });

  it("a stop that takes longer than it is still a stop", () => {
    const world = new World({ script: [{ stopMs: 50 }], deadlineMs: 100 }).begin().pass(90);
    world.give({ type: "stop", by: "stop" });
    world.pass(100);
    expect(outcomeOf(world)).toEqual({ type: "stopped", by: "stop" });
    expect(world.types()).not.toContain("refused");
  });
});

describe("a policy whose state is elsewhere", () => {
  const policy: RemotePolicy = {
    name: "store",
    describe: { kind: "store", options: {}, timesMs: [] },
    ask: () => new Promise(() => {}),
  };
  const asked = () => new World({ policy, deadlineMs: 100 }).begin();
  const decided = (world: World, decision: RestartDecision) =>
    world.give({ type: "decided", ask: 1, decision });

  it("has its question withdrawn, and a later answer is stale", () => {
    const world = asked().pass(100);
    expect(world.told).toEqual(["0 ask", "100 refused", "100 unask", "100 settle"]);
    expect(decided(world, launch())).toEqual([]);
    expect(outcomeOf(world)).toEqual(LATE);
  });

  it.each([
    [50, launch(49), null],
    [50, launch(50), "deadline"],
    [50, refuse("full", 49), null],
    [50, refuse("full", 50), "deadline"],
    [100, launch(), "deadline"],
    [100, refuse("closed", null), "closed"],
  ] as const)("answers after %i ms %o: %s", (afterMs, decision, reason) => {
    const world = asked().sleep(afterMs);
    decided(world, decision);
    const outcome = outcomeOf(world);
    expect(outcome && "reason" in outcome ? outcome.reason : null).toBe(reason);
  });
});

describe("a saved state", () => {
  const settings = { script: [{}, {}], deadlineMs: 100 };
  const savedAt = (ms: number) => {
    const world = new World({ ...settings, now: 5_000 }).begin().pass(ms);
    return { version: 2, at: world.now, supervision: JSON.parse(JSON.stringify(world.state)) };
  };

  it.each([
    [5_060, 40, "the same clock: what was left"],
    [5_080, 20, "20 ms later"],
    [5_100, 0, "at the deadline"],
    [9_000, 0, "long after it"],
    [1_000, 40, "a clock that is behind: no more than was left"],
  ])("begun again at %i has %i ms (%s)", (now, leftMs) => {
    const world = new World({ ...settings, from: savedAt(60), now }).begin();
    if (leftMs === 0) {
      expect(world.launchedAt).toEqual([]);
      expect(outcomeOf(world)).toEqual(LATE);
    } else {
      expect(outcomeOf(world.pass(leftMs - 1))).toBeNull();
      expect(outcomeOf(world.pass(1))).toEqual(LATE);
    }
  });

  it("that waits, or is held, is over likewise", () => {
    const world = new World({ ...every(50), deadlineMs: 100 }).begin().pass(20);
    const from = JSON.parse(JSON.stringify(world.state));
    const again = new World({ ...every(50), deadlineMs: 100, from, now: 200 }).begin();
    expect(again.launchedAt).toEqual([]);
    expect(outcomeOf(again)).toEqual(LATE);
    // By `begin` itself: nobody hears of a wait that is none.
    const next = new World({ ...every(50), deadlineMs: 100, from, now: 200 });
    next.give({ type: "begin" });
    expect(next.told).toEqual(["200 refused", "200 settle"]);
  });

  it("that waits, from before there was a deadline, has it from begin on, too", () => {
    const story = { policy: answers(launch(), refuse("full", 500)), script: [{ runMs: 10 }] };
    const from = JSON.parse(JSON.stringify(new World(story).begin().pass(10).state));
    const world = new World({ ...story, deadlineMs: 100, from, now: 10 }).begin();
    expect(outcomeOf(world.pass(99))).toBeNull();
    expect(outcomeOf(world.pass(1))).toEqual(LATE);
  });

  it.each(["restart", "pause and resume"])("that was over meanwhile drops a %s", (order) => {
    const slow = { deadlineMs: 100, gracePeriodMs: 500, script: [{ stopMs: null }, {}] };
    const world = new World(slow).begin().pass(50);
    if (order === "restart") world.give({ type: order, requester: "me", reason: "test" });
    else {
      world.give({ type: "pause" });
      world.give({ type: "resume" });
    }
    const from = JSON.parse(JSON.stringify(world.state));
    expect(new World({ ...slow, from, now: 99 }).begin().launchedAt).toEqual([99]);
    const late = new World({ ...slow, from, now: 100 }).begin();
    expect(late.launchedAt).toEqual([]);
    expect(outcomeOf(late)).toEqual(LATE);
  });

  it("stepped without the option has none either", () => {
    const { state } = new World(settings).begin();
    const other = new World().machine;
    expect(state.begunAt).toBe(0);
    expect(other.deadline(state)).toBe(10_000); // when it is healthy
    expect(other.step(state, { type: "tick", draw: 0, wall: 0 }, 500)).toEqual([state, []]);
  });

  it("of before, without a deadline, counts from the begin that takes it up", () => {
    const { begunAt: _, ...from } = savedAt(60).supervision;
    const world = new World({ ...settings, from, now: 9_000 }).begin();
    expect(outcomeOf(world.pass(99))).toBeNull();
    expect(outcomeOf(world.pass(1))).toEqual(LATE);
  });

  it("read without the option has none", () => {
    const from = savedAt(60);
    const world = new World({ script: [{}], from, now: 5_060 }).begin().pass(10_000);
    expect(outcomeOf(world)).toBeNull();
    expect(world.state).not.toHaveProperty("begunAt");
  });

  it("with a begin that is no instant is refused by name", () => {
    const from = { ...savedAt(60).supervision, begunAt: "soon" };
    expect(() => new World({ ...settings, from, now: 0 })).toThrow(/begunAt/);
  });

  it("in the middle of a stop stays stopped", () => {
    const world = new World({ script: [{ stopMs: 50 }], deadlineMs: 100 }).begin();
    world.give({ type: "stop", by: "stop" });
    const from = JSON.parse(JSON.stringify(world.state));
    const again = new World({ deadlineMs: 100, from, now: 500 }).begin();
    expect(outcomeOf(again)).toEqual({ type: "stopped", by: "stop" });
  });
});

it("a clock that goes back does not move it", () => {
  const world = new World({ script: [{}], deadlineMs: 100, now: 1_000 }).begin();
  world.now = 500;
  world.give({ type: "tick" });
  expect(world.machine.deadline(world.state)).toBe(1_100);
});

it("a broken policy is still a fault at the deadline", () => {
  const policy = { ...restartOn("permanent"), step: () => [0, null] as never };
  const world = new World({ policy, deadlineMs: 0 }).begin();
  expect(outcomeOf(world)).toEqual({ type: "failed" });
});
