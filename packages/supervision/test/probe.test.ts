// Looking at a child from outside: when, and what the answers mean.

import { launch, refuse } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, World } from "./world.js";

const LIVE = { periodMs: 100, timeoutMs: 20, failures: 2 } as const;
const once = answers(launch(), refuse("x", null));

const probes = (world: World) => world.told.filter((line) => line.endsWith(" probe"));
const exits = (world: World) => world.effects.filter(({ type }) => type === "exited");

describe("liveness", () => {
  it("is looked at once a period, from one period after the launch", () => {
    const probe = () => ({ afterMs: 5, ok: true });
    const world = new World({ probe: LIVE, script: [{ probe }] }).begin();
    const none = { probe: 0, askedAt: null, excused: false, nextAt: 100, misses: 0 };
    expect(world.state.seat?.probe).toEqual(none);
    world.pass(350);
    expect(probes(world)).toEqual(["100 probe", "200 probe", "300 probe"]);
    expect(world.state.seat?.probe).toMatchObject({ probe: 3, askedAt: null, misses: 0 });
  });

  it("ends the child after so many failures in a row, and not one before", () => {
    const probe = (n: number) => ({ afterMs: 0, ok: n === 2 });
    const world = new World({ policy: once, probe: LIVE, script: [{ probe }] }).begin().pass(399);
    expect(exits(world)).toEqual([]); // missed, well, missed
    world.pass(1);
    expect(exits(world)).toMatchObject([
      { exit: { kind: "unhealthy", reason: "probe-failed" }, failed: true, ordered: false },
    ]);
  });

  it.each([
    [19, true],
    [20, false],
  ])("an answer after %i ms of 20 counts: %s", (afterMs, counts) => {
    const probe = () => ({ afterMs, ok: true });
    const world = new World({ policy: once, probe: { ...LIVE, failures: 1 }, script: [{ probe }] });
    world.begin().pass(125);
    expect(exits(world)).toHaveLength(counts ? 0 : 1);
  });

  it("no answer at all is a failure at exactly the timeout", () => {
    const world = new World({ policy: once, probe: { ...LIVE, failures: 1 }, script: [{}] });
    world.begin().pass(119);
    expect(exits(world)).toEqual([]);
    world.pass(1);
    expect(exits(world)).toHaveLength(1);
  });

  it("the next one waits until the last is answered, and comes at once if its time is over", () => {
    const probe = { periodMs: 10, timeoutMs: 50, failures: 9 };
    const life = { probe: () => ({ afterMs: 35, ok: true }) };
    const world = new World({ probe, script: [life] }).begin().pass(60);
    expect(probes(world)).toEqual(["10 probe", "45 probe"]);
  });

  it("our own lateness is excused, once: the time for the answer starts afresh", () => {
    const world = new World({ policy: once, probe: { ...LIVE, failures: 1 }, script: [{}] });
    world.begin().pass(100).sleep(10_000).pass(0);
    expect(exits(world)).toEqual([]);
    world.pass(19);
    expect(exits(world)).toEqual([]);
    world.pass(1);
    expect(exits(world)).toHaveLength(1);
  });

  it.each([
    [2, 1, "a tenth of the timeout is not late: it is judged"],
    [3, 0, "1 ms more is"],
  ])("%i ms late of 20: %i exits (%s)", (lateMs, count) => {
    const world = new World({ policy: once, probe: { ...LIVE, failures: 1 }, script: [{}] });
    world
      .begin()
      .pass(100)
      .sleep(20 + lateMs)
      .pass(0);
    expect(exits(world)).toHaveLength(count);
  });

  it("late twice over one probe, it is judged all the same", () => {
    const world = new World({ policy: once, probe: { ...LIVE, failures: 1 }, script: [{}] });
    world.begin().pass(100).sleep(10_000).pass(0).sleep(10_000).pass(0);
    expect(exits(world)).toHaveLength(1);
  });

  it("an answer that our lateness held up counts", () => {
    const life = { probe: () => ({ afterMs: 5, ok: true }) };
    const world = new World({ policy: once, probe: { ...LIVE, failures: 1 }, script: [life] });
    world.begin().pass(100).sleep(10_000).pass(30);
    expect(exits(world)).toEqual([]);
  });

  it("late, doubled and foreign answers are passed over", () => {
    const world = new World({ probe: LIVE, script: [{}] }).begin().pass(125);
    const { state } = world; // the first probe is missed
    expect(state.seat?.probe).toMatchObject({ probe: 1, askedAt: null, misses: 1 });
    world.give({ type: "probed", generation: 0, probe: 1, ok: true });
    world.give({ type: "probed", generation: 0, probe: 9, ok: true });
    world.give({ type: "probed", generation: 3, probe: 1, ok: true });
    expect(world.state).toBe(state);
  });

  it("an answer to another probe than the open one is passed over", () => {
    const world = new World({ probe: LIVE, script: [{}] }).begin().pass(100);
    const { state } = world;
    expect(state.seat?.probe).toMatchObject({ probe: 1, askedAt: 100 });
    world.give({ type: "probed", generation: 0, probe: 2, ok: true });
    world.give({ type: "probed", generation: 0, probe: 0, ok: false });
    expect(world.state).toBe(state);
  });

  it("makes nobody ready: that is the child's own to say", () => {
    const probe = () => ({ afterMs: 1, ok: true });
    const live = { ...LIVE, for: "liveness" } as const;
    const world = new World({ readiness: "explicit", probe: live, script: [{ probe }] });
    world.begin().pass(500);
    expect(world.types()).not.toContain("ready");
    world.give({ type: "ready", generation: 0 });
    expect(world.types()).toContain("ready");
  });

  it("a child that was asked to end is looked at no more", () => {
    const script = [{ stopMs: null, probe: () => ({ afterMs: 0, ok: false }) }];
    const world = new World({ probe: LIVE, script, gracePeriodMs: 1_000 }).begin().pass(50);
    world.give({ type: "stop", by: "stop" });
    world.pass(900);
    expect(probes(world)).toEqual([]);
  });
});

describe("readiness", () => {
  const READY = { ...LIVE, for: "readiness" } as const;

  it("is looked at from the launch on; the first success makes it ready", () => {
    const probe = (n: number) => ({ afterMs: 1, ok: n >= 3 });
    const world = new World({ readiness: "explicit", probe: READY, script: [{ probe }] });
    world.begin().pass(300);
    expect(world.told.filter((line) => line.endsWith("ready"))).toEqual(["201 ready"]);
    expect(world.types().filter((type) => type === "up")).toHaveLength(1);
  });

  it("what it is already it is not made again: ready by the next success, not ready by the next miss", () => {
    const probe = (n: number) => ({ afterMs: 0, ok: n < 3 });
    const world = new World({ readiness: "explicit", probe: READY, script: [{ probe }] });
    world.begin().pass(150);
    expect(world.state.slot.phase).toMatchObject({ status: "ready", readyAt: 0 });
    world.pass(500);
    expect(world.told.filter((line) => line.endsWith("ready"))).toEqual([
      "0 ready",
      "300 not-ready",
    ]);
    expect(world.state.seat?.probe?.misses).toBe(5);
  });

  it("so many failures in a row make it not ready, never unhealthy; then it may be ready again", () => {
    const probe = (n: number) => ({ afterMs: 0, ok: n === 1 || n === 5 });
    const world = new World({ readiness: "explicit", probe: READY, script: [{ probe }] });
    world.begin().pass(450);
    expect(world.told.filter((line) => line.endsWith("ready"))).toEqual([
      "0 ready",
      "200 not-ready",
      "400 ready",
    ]);
    expect(exits(world)).toEqual([]);
  });
});

describe("both", () => {
  it("failures count only once it was ready: before that `readyTimeoutMs` judges", () => {
    const probe = (n: number) => ({ afterMs: 0, ok: n === 6 });
    const world = new World({
      policy: once,
      readiness: "explicit",
      probe: LIVE,
      script: [{ probe }],
    });
    world.begin().pass(500);
    expect(world.told.filter((line) => line.endsWith("ready"))).toEqual(["500 ready"]);
    world.pass(199);
    expect(exits(world)).toEqual([]);
    world.pass(1);
    expect(exits(world)).toMatchObject([{ exit: { kind: "unhealthy" } }]);
  });
});
