// Planned restarts: by age, by uses, by order. They cost nothing and are no failures.

import { subdraw } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { crashBudgetLike } from "./policies.js";
import { World } from "./world.js";

const news = (world: World) => world.told.filter((line) => !/ (ready|up|launched)$/.test(line));

describe("by age", () => {
  it("at exactly that age, not one before, again and again, whatever the budget", () => {
    const policy = crashBudgetLike(0);
    const world = new World({ policy, recycle: { ageMs: 100 } }).begin().pass(99);
    expect(world.launchedAt).toEqual([0]);
    world.pass(401);
    expect(world.launchedAt).toEqual([0, 100, 200, 300, 400, 500]);
    expect(world.state.failures).toBe(0);
    expect(world.state.ending).toBeNull();
  });

  it("asks the child first, and waits for it", () => {
    const world = new World({ recycle: { ageMs: 100 }, script: [{ stopMs: 30 }] });
    world.begin().pass(130);
    expect(news(world)).toEqual([
      "0 launch",
      "100 recycled",
      "100 fence",
      "100 request-stop",
      "130 exited",
      "130 launch",
    ]);
    expect(world.notes.map(({ type }) => type)).toEqual(["launch", "exited", "launch"]);
    expect(world.effects.filter(({ type }) => type === "exited")).toMatchObject([
      { ordered: true, failed: false },
    ]);
  });

  it("draws its limit anew for each attempt, from the spread", () => {
    const world = new World({ recycle: { ageMs: 1_000, spread: 0.5 } });
    world.begin();
    const at = Math.ceil(1_000 * (1 - 0.5 * subdraw(0.5, "recycle")));
    expect(at).toBeGreaterThan(500);
    world.pass(at - 1);
    expect(world.launchedAt).toEqual([0]);
    world.pass(1);
    expect(world.launchedAt).toEqual([0, at]);
  });

  it("stays the full limit where the draw is that of 0 spread", () => {
    const world = new World({ recycle: { ageMs: 7, spread: 0 } }).begin().pass(7);
    expect(world.launchedAt).toEqual([0, 7]);
  });

  it("counts from when it is ready: one that starts for longer than that is not ended before", () => {
    const world = new World({
      readiness: "explicit",
      recycle: { ageMs: 100 },
      script: [{ readyMs: 500 }, { readyMs: 100 }, { readyMs: 0 }],
    });
    world.begin().pass(599);
    expect(world.launchedAt).toEqual([0]);
    world.pass(401);
    expect(world.launchedAt).toEqual([0, 600, 800, 900]);
  });

  it("counts from the first time that it is ready, also when it was saved meanwhile", () => {
    const world = new World({ readiness: "explicit", recycle: { ageMs: 100 }, script: [{}] });
    world.begin().pass(30);
    expect(world.state.seat?.recycle).toEqual({ ageMs: 100, at: null, uses: null });
    const read = world.machine.parse(JSON.parse(JSON.stringify(world.state)), world.now);
    expect(read.seat?.recycle).toEqual(world.state.seat?.recycle);
    world.give({ type: "ready", generation: 0 });
    world.pass(60);
    world.give({ type: "not-ready", generation: 0 });
    world.give({ type: "ready", generation: 0 });
    world.pass(39);
    expect(world.types()).not.toContain("recycled");
    world.pass(1);
    expect(world.types()).toContain("recycled");
  });

  it("after the largest number there is none", () => {
    const world = new World({ recycle: { ageMs: Number.MAX_SAFE_INTEGER } }).begin();
    expect(world.state.seat?.recycle?.at).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("is over when the child is asked to end for another reason", () => {
    const world = new World({
      recycle: { ageMs: 100 },
      script: [{ stopMs: 500 }],
      gracePeriodMs: 900,
    });
    world.begin().pass(90);
    world.give({ type: "pause" });
    world.pass(400);
    expect(world.types()).not.toContain("recycled");
  });
});

describe("by uses", () => {
  it("at exactly so many; those of another generation do not count", () => {
    const world = new World({ recycle: { uses: 10 }, script: [{ stopMs: 5 }] }).begin();
    world.give({ type: "used", generation: 0, uses: 9 });
    world.give({ type: "used", generation: 7, uses: 9 });
    world.give({ type: "used", generation: 0, uses: 0 });
    expect(world.types()).not.toContain("recycled");
    world.give({ type: "used", generation: 0, uses: 1 });
    expect(world.effects.find(({ type }) => type === "recycled")).toMatchObject({ reason: "uses" });
    world.give({ type: "used", generation: 0, uses: 99 });
    world.pass(5);
    expect(world.launchedAt).toEqual([0, 5]);
    expect(world.state.seat?.recycle).toEqual({ ageMs: null, at: null, uses: 10 });
  });
});

describe("what is not counted changes nothing", () => {
  it.each([
    ["no use at all", { uses: 10 }, 0],
    ["uses where only the age counts", { ageMs: 10 }, 3],
  ])("%s", (_, recycle, uses) => {
    const world = new World({ recycle }).begin();
    const { state } = world;
    expect(world.give({ type: "used", generation: 0, uses })).toEqual([]);
    expect(world.state).toBe(state);
  });

  it("also uses before the attempt is known to be there", () => {
    const world = new World({ recycle: { uses: 1 } });
    world.give({ type: "begin" });
    const given = { draw: 0.5, wall: 0 };
    const [launched] = world.machine.step(world.state, { type: "tick", ...given }, 0);
    const used = { type: "used", generation: 0, uses: 1, ...given } as const;
    expect(world.machine.step(launched, used, 0)).toEqual([launched, []]);
  });
});

describe("by order", () => {
  const recycle = { type: "recycle", reason: "memory" } as const;
  const answer = (world: World) => world.give(recycle).find(({ type }) => type === "answer");

  it("of a child that is up, once", () => {
    const world = new World({ script: [{ stopMs: 5 }] }).begin();
    expect(answer(world)).toMatchObject({ answer: true });
    expect(answer(world)).toMatchObject({ answer: false });
    world.pass(5);
    expect(world.launchedAt).toEqual([0, 5]);
  });

  it("is free of the policy also where an operator is asked", () => {
    const world = new World({ policy: crashBudgetLike(0), operatorLaunches: "ask" }).begin();
    expect(answer(world)).toMatchObject({ answer: true });
    world.pass(0);
    expect(world.launchedAt).toEqual([0, 0]);
  });

  it("of nobody, of one that is paused, and after the end: false", () => {
    const world = new World().begin();
    world.give({ type: "pause" });
    world.pass(0);
    expect(answer(world)).toMatchObject({ answer: false });
    world.give({ type: "stop", by: "stop" });
    expect(answer(world)).toBeUndefined();
  });
});
