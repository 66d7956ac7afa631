// One life: launched, ready, gone, asked for again; and what is not told of a child that never was.

import { type Exit, launch, refuse, restartOn, stopWhen } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, World } from "./world.js";

describe("one restart", () => {
  it("is asked for at the exit, waits, and launches at exactly its instant", () => {
    const world = new World({ policy: answers(launch(), launch(99.5)), script: [{ runMs: 10 }] });
    world.begin().pass(109);
    expect(world.told).toEqual([
      "0 launch",
      "0 launched",
      "0 ready",
      "0 up",
      "10 exited",
      "10 delayed",
    ]);
    world.pass(1);
    expect(world.launchedAt).toEqual([0, 110]);
  });

  it.each([
    { delayMs: 0, lingeredMs: 500, at: 1_000 },
    { delayMs: 499, lingeredMs: 500, at: 1_000 },
    { delayMs: 500, lingeredMs: 500, at: 1_000 },
    { delayMs: 501, lingeredMs: 500, at: 1_001 },
    { delayMs: 2_000, lingeredMs: 500, at: 2_500 },
    { delayMs: 2_000, lingeredMs: 0, at: 3_000 },
    { delayMs: Number.MAX_VALUE, lingeredMs: 500, at: Number.MAX_SAFE_INTEGER },
  ])("seeing out what it left behind is part of the delay: %j", ({ delayMs, lingeredMs, at }) => {
    const world = new World({ policy: answers(launch(), launch(delayMs)) }).begin();
    world.now = 1_000;
    world.give({ type: "exited", generation: 0, exit: { kind: "failed" }, lingeredMs });
    expect(world.effects.filter(({ type }) => type === "delayed")).toMatchObject([
      { until: at, delayMs },
    ]);
    expect(world.state.wait?.until ?? world.now).toBe(at);
  });

  it("of a refusal for a time it is no part, nor of the delay after another exit", () => {
    const policy = answers(launch(), refuse("full", 700), launch(300), launch(300));
    const world = new World({ policy, script: [{}, { runMs: 10 }] }).begin();
    world.give({ type: "exited", generation: 0, exit: { kind: "failed" }, lingeredMs: 500 });
    world.pass(700);
    expect(world.state.wait?.until).toBe(1_000);
    world.pass(310);
    expect(world.state.wait?.until).toBe(1_310);
  });

  it("a start that is admitted at once waits for the tick: a stop before it prevents it", () => {
    const world = new World();
    world.give({ type: "begin" });
    world.give({ type: "stop", by: "abort" });
    world.give({ type: "tick" });
    expect(world.told).toEqual(["0 settle"]);
    expect(world.effects.at(-1)).toMatchObject({ outcome: { type: "stopped", by: "abort" } });
  });

  it("nothing happens any more once it is over", () => {
    const world = new World().begin();
    world.give({ type: "kill", by: "stop" });
    world.pass(0);
    expect(world.state.over).toBe(true);
    const { state } = world;
    for (const type of ["tick", "begin", "reset", "pause", "resume"] as const) {
      expect(world.give({ type })).toEqual([]);
    }
    expect(world.state).toBe(state);
  });

  it("gives the same state back when nothing changed", () => {
    const world = new World().begin();
    const { state } = world;
    world.give({ type: "tick" });
    world.give({ type: "resume" });
    world.give({ type: "probed", generation: 0, probe: 1, ok: false });
    world.give({ type: "used", generation: 0, uses: 3 });
    world.give({ type: "standby-up", standby: 1 });
    expect(world.state).toBe(state);
  });
});

describe("a child that never was", () => {
  it("is told neither launched nor ready nor healthy", () => {
    const never = { kind: "spawn-failed", error: new Error("ENOENT") } as const;
    const world = new World({ policy: answers(launch(), refuse("x", null)), script: [{ never }] });
    world.begin().pass(0);
    expect(world.told).toEqual(["0 launch", "0 exited", "0 refused", "0 settle"]);
  });

  it("is not healthy, however long it takes until that is known", () => {
    const world = new World({ healthyAfterMs: 0, policy: answers(launch(), refuse("x", null)) });
    world.give({ type: "begin" });
    const [effect] = world.machine.step(world.state, { type: "tick", draw: 0, wall: 0 }, 0);
    // Launched, but nobody has said that it is there.
    expect(world.machine.deadline(effect)).toBeNull();
    const later = world.machine.step(effect, { type: "tick", draw: 0, wall: 0 }, 60_000);
    expect(later[1]).toEqual([]);
    expect(later[0]).toBe(effect);
    const there = { type: "launched", generation: 0, draw: 0, wall: 0 } as const;
    const [up, told] = world.machine.step(effect, there, 60_000);
    expect(told.map(({ type }) => type)).toEqual(["launched", "report", "up"]);
    expect(world.machine.deadline(up)).toBe(0);
  });

  it("is judged late once, as any other, and may be healthy once it is there", () => {
    const world = new World({ maxRunMs: 100, healthyAfterMs: 50 });
    world.give({ type: "begin" });
    const { machine } = world;
    const given = { draw: 0.5, wall: 0 };
    const [launched] = machine.step(world.state, { type: "tick", ...given }, 0);
    expect(machine.deadline(launched)).toBe(100);
    // Our own look is late: its time to run starts again, and its health is still to be told.
    const [again, nothing] = machine.step(launched, { type: "tick", ...given }, 200);
    expect(nothing).toEqual([]);
    expect(machine.deadline(again)).toBe(300);
    const [there] = machine.step(again, { type: "launched", generation: 0, ...given }, 200);
    expect(there.slot.phase).toMatchObject({ status: "ready", healthy: false, ranSince: 200 });
    expect(machine.deadline(there)).toBe(50);
    // One that had run too long is asked to end, known to be there or not.
    const [over, [asked]] = machine.step(again, { type: "tick", ...given }, 300);
    expect(over.slot.phase.status).toBe("cancelling");
    expect(over.slot.phase).not.toHaveProperty("healthy");
    expect(asked).toMatchObject({ type: "request-stop", reason: "ran-too-long" });
  });

  it("is looked at neither by probe nor by age before that is known", () => {
    const world = new World({ probe: { periodMs: 5 }, recycle: { ageMs: 5 } });
    world.give({ type: "begin" });
    const given = { draw: 0.5, wall: 0 };
    const [launched] = world.machine.step(world.state, { type: "tick", ...given }, 0);
    expect(world.machine.deadline(launched)).toBeNull();
    expect(world.machine.step(launched, { type: "tick", ...given }, 50)).toEqual([launched, []]);
  });

  it("is not there in the name of another generation", () => {
    const world = new World();
    world.give({ type: "begin" });
    const given = { draw: 0, wall: 0 };
    const [launched] = world.machine.step(world.state, { type: "tick", ...given }, 0);
    const other = { type: "launched", generation: 1, pid: 5, ...given } as const;
    expect(world.machine.step(launched, other, 0)).toEqual([launched, []]);
  });

  it("is told with the number of its process or of its thread, where it has one", () => {
    const told = (more: object) => {
      const world = new World();
      world.give({ type: "begin" });
      const given = { draw: 0, wall: 0 };
      const [launched] = world.machine.step(world.state, { type: "tick", ...given }, 0);
      const event = { type: "launched", generation: 0, ...more, ...given } as const;
      const [{ seat }, [first]] = world.machine.step(launched, event, 0);
      const { pid, threadId } = seat ?? {};
      return { first, pid, threadId };
    };
    const first = { type: "launched", cause: "start", attempt: 1, generation: 0 };
    expect(told({})).toStrictEqual({ first, pid: null, threadId: null });
    expect(told({ pid: 7 })).toStrictEqual({ first: { ...first, pid: 7 }, pid: 7, threadId: null });
    const thread = { ...first, threadId: 0 };
    expect(told({ threadId: 0 })).toStrictEqual({ first: thread, pid: null, threadId: 0 });
  });

  it("is not there twice, nor in the name of another generation", () => {
    const world = new World().begin();
    expect(world.give({ type: "launched", generation: 0 })).toEqual([]);
    expect(world.give({ type: "launched", generation: 7, pid: 5 })).toEqual([]);
    expect(world.state.seat?.pid).toBe(101);
  });
});

describe("failures in a row", () => {
  const failures = (world: World) =>
    world.effects
      .filter(({ type }) => type === "launch")
      .map((launched) => (launched as { failures: number }).failures);

  it("are told with each launch", () => {
    const world = new World({ script: [{ runMs: 1 }, { runMs: 1 }, {}] }).begin().pass(10);
    expect(failures(world)).toEqual([0, 1, 2]);
  });

  it("end with a good exit, with `healthy` and with `reset`; an ordered exit does not count", () => {
    const good = { kind: "completed" } as const;
    const script = [{ runMs: 1 }, { runMs: 1, exit: good }, { runMs: 1 }, {}, {}, { runMs: 1 }];
    const world = new World({ script, healthyAfterMs: 50 }).begin().pass(10);
    expect(failures(world)).toEqual([0, 1, 0, 1]);
    world.give({ type: "restart", requester: "a", reason: "b" });
    world.pass(10);
    expect(failures(world).at(-1)).toBe(1);
    world.pass(50); // healthy
    expect(world.state.failures).toBe(0);
    world.give({ type: "restart", requester: "a", reason: "b" });
    world.pass(5);
    expect(world.state.failures).toBe(1);
    world.give({ type: "reset" });
    expect(world.state.failures).toBe(0);
  });
});

describe("children that were given up", () => {
  it("are counted until they are seen to be gone", () => {
    const world = new World({
      gracePeriodMs: 5,
      abandonAfterMs: 5,
      script: [{ stopMs: null, mortal: false }, {}],
    }).begin();
    world.give({ type: "restart", requester: "a", reason: "b" });
    world.pass(10);
    expect(world.state.abandoned).toBe(1);
    expect(world.launchedAt).toEqual([0, 10]);
    world.give({ type: "exited", generation: 0, exit: { kind: "completed" } });
    expect(world.state.abandoned).toBe(0);
    expect(world.told.at(-1)).toBe("10 stale");
  });
});

describe("a child that says itself that it was given up", () => {
  const ABANDONED = { kind: "abandoned" } as const;
  const told = ({ effects }: World) => effects.filter(({ type }) => type === "abandon").length;

  it.each([
    ["it", ABANDONED, 1],
    ["what it was ended for is around that", { kind: "timed-out", ended: ABANDONED }, 1],
    [
      "what it was ended for is around another exit",
      { kind: "timed-out", ended: { kind: "failed" } },
      0,
    ],
    ["what it was ended for stands alone", { kind: "timed-out" }, 0],
    ["another exit", { kind: "failed" }, 0],
  ] as const)("is counted, and told: %s", (_, exit, count) => {
    const world = new World().begin();
    world.give({ type: "exited", generation: 0, exit: exit as Exit });
    expect(world.state.abandoned).toBe(count);
    expect(told(world)).toBe(count);
  });

  it("and is counted once, where the slot has given it up itself", () => {
    const limits = { gracePeriodMs: 5, abandonAfterMs: 5, maxRunMs: 50 };
    const world = new World({ ...limits, script: [{ stopMs: null, mortal: false }] });
    world.begin().pass(60);
    expect(world.state.abandoned).toBe(1);
    expect(told(world)).toBe(1);
    // What it says later, other than that it is gone, leaves it counted.
    world.give({ type: "ready", generation: 0 });
    world.give({ type: "heartbeat", generation: 0, at: 60 });
    expect(world.state.abandoned).toBe(1);
    world.give({ type: "exited", generation: 0, exit: { kind: "failed" } });
    expect(world.state.abandoned).toBe(0);
  });
});

describe("how it ends", () => {
  it.each([
    ["not-wanted after a good exit", restartOn("transient"), { kind: "completed" }, "completed"],
    ["not-wanted after a failure", restartOn("temporary"), { kind: "failed" }, "refused"],
    ["stop-when after a good exit", stopWhen(() => true), { kind: "completed" }, "completed"],
    ["any other reason", answers(launch(), refuse("full", null)), { kind: "completed" }, "refused"],
  ] as const)("%s", (_, policy, exit, type) => {
    const world = new World({ policy, script: [{ runMs: 5, exit }] }).begin().pass(5);
    expect(world.effects.at(-1)).toMatchObject({ type: "settle", attempt: 1, outcome: { type } });
    expect(world.state.slot.open).toBe(false); // nobody can start it again
  });

  it("a policy that throws is a fault and an ending, never a throw of the step", () => {
    const policy = {
      ...answers(launch()),
      step: () => {
        throw new Error("bug");
      },
    };
    const world = new World({ policy });
    expect(() => world.begin()).not.toThrow();
    expect(world.types()).toEqual(["fault", "settle"]);
    expect(world.state.ending).toEqual({ type: "failed" });
  });
});
