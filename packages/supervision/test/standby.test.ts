// What is kept ready: prepared once somebody is there, used up by a launch, replaced under the policy.

import { launch, refuse, subdraw } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, type Life, World } from "./world.js";

const GONE = { kind: "signalled", signal: "SIGKILL" } as const;

const begun = (standby: number, script: readonly Life[] = [], policy = answers(launch())) =>
  new World({ standby, script, policy }).begin();

const launches = (world: World) =>
  world.effects.flatMap((effect) => (effect.type === "launch" ? [effect.standby] : []));
const told = (world: World, type: string) => world.types().filter((one) => one === type).length;

describe("standbys", () => {
  it("are prepared once an attempt is there, up to the number wanted", () => {
    const world = begun(2);
    expect(world.types()).toEqual(["launch", "launched", "ready", "up", "prepare", "prepare"]);
    expect(world.state.standby?.list.map(({ standby }) => standby)).toEqual([1, 2]);
  });

  it("the oldest that is up is used by the next launch, and replaced for free", () => {
    const world = begun(2, [{ runMs: 10 }]);
    world.give({ type: "standby-up", standby: 2 });
    world.give({ type: "standby-up", standby: 1 });
    world.pass(10);
    expect(launches(world)).toEqual([null, 1]);
    expect(world.state.standby?.list.map(({ standby, up }) => [standby, up])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(world.notes.filter(({ type }) => type === "launch")).toHaveLength(2);
  });

  it("each is up for itself, once", () => {
    const world = begun(2);
    world.give({ type: "standby-up", standby: 2 });
    expect(world.state.standby?.list).toMatchObject([
      { standby: 1, up: false },
      { standby: 2, up: true },
    ]);
    const { state } = world;
    world.give({ type: "standby-up", standby: 2 });
    expect(world.state).toBe(state);
  });

  it("one that is not up yet is not used", () => {
    const world = begun(1, [{ runMs: 10 }]).pass(10);
    expect(launches(world)).toEqual([null, null]);
  });

  it("one that is gone is told to the policy, and replaced when that says", () => {
    const world = begun(1, [], answers(launch(), launch(500)));
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(world.notes.map(({ type }) => type)).toEqual(["launch", "exited", "launch"]);
    expect(world.effects.at(-1)).toMatchObject({ type: "standby-lost", until: 500 });
    world.pass(499);
    expect(told(world, "prepare")).toBe(1);
    world.pass(1);
    expect(told(world, "prepare")).toBe(2);
  });

  it("with `not yet` it is asked again then, not 1 ms before", () => {
    const world = begun(1, [], answers(launch(), refuse("full", 100), launch()));
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(world.effects.at(-1)).toMatchObject({ type: "standby-lost", until: 100 });
    expect(world.state.standby?.wait).toMatchObject({ for: "not-yet", reason: "full" });
    world.pass(99);
    expect(world.notes).toHaveLength(3);
    world.pass(1);
    expect(world.notes).toHaveLength(4);
    expect(told(world, "prepare")).toBe(2);
  });

  it("with `not yet` under `onNotYet: end` it is not replaced, until the next launch", () => {
    const policy = answers(launch(), refuse("full", 100), launch());
    const world = new World({ policy, standby: 1, onNotYet: "end", script: [{ runMs: 900 }] });
    world.begin().give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(world.state).toMatchObject({ ending: null, standby: { spent: true, wait: null } });
    world.pass(899);
    expect(told(world, "prepare")).toBe(1);
    world.pass(1);
    expect(told(world, "prepare")).toBe(2);
  });

  it("the others stay, and are replaced in their turn while one is waited for", () => {
    const world = begun(3, [], answers(launch(), launch(500)));
    world.give({ type: "standby-lost", standby: 2, exit: GONE });
    const numbers = () => world.state.standby?.list.map(({ standby }) => standby);
    expect(numbers()).toEqual([1, 3]);
    expect(world.state.standby?.spent).toBe(false);
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    world.pass(500);
    expect(numbers()).toEqual([3, 4, 5]);
  });

  it("its exit counts from when it was prepared, and the request has a draw of its own", () => {
    const world = begun(1, [], answers(launch(), launch(500))).pass(10);
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    world.pass(530);
    world.give({ type: "standby-lost", standby: 2, exit: GONE }); // prepared at 510
    expect(world.notes.slice(3)).toMatchObject([
      { type: "exited", exit: GONE, failed: true, uptimeMs: 30 },
      { type: "launch", cause: "restart", draw: subdraw(0.5, "standby") },
    ]);
    expect(world.state.standby?.wait?.cause).toBe("restart");
  });

  it("refused for good it is not replaced, until the next launch; the child goes on", () => {
    const policy = answers(launch(), refuse("spent", null), launch());
    const world = begun(1, [{ runMs: 1_000 }], policy);
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(world.state).toMatchObject({ ending: null, standby: { spent: true, list: [] } });
    world.pass(999);
    expect(told(world, "prepare")).toBe(1);
    world.pass(1);
    expect(told(world, "prepare")).toBe(2);
  });

  it("one that is unknown, or lost already, is passed over", () => {
    const world = begun(1);
    world.give({ type: "standby-lost", standby: 9, exit: GONE });
    world.give({ type: "standby-up", standby: 9 });
    expect(world.notes).toHaveLength(1);
  });

  it.each(["pause", "stop", "kill"] as const)("a %s discards them", (type) => {
    const world = begun(2, [{ stopMs: 50 }]);
    world.give(type === "pause" ? { type } : { type, by: "stop" });
    expect(told(world, "discard")).toBe(2);
    world.pass(1_000);
    expect(told(world, "prepare")).toBe(2);
  });

  it.each([true, false])("of another host are forgotten: others are prepared (up: %s)", (up) => {
    const world = begun(1);
    if (up) world.give({ type: "standby-up", standby: 1 });
    const from = {
      version: 2,
      at: 0,
      supervision: JSON.parse(JSON.stringify(world.state)),
    };
    const policy = answers(launch());
    const next = new World({ standby: 1, policy, from, now: 5 }).begin().pass(0);
    expect(launches(next)).toEqual([null]);
    expect(next.effects.filter(({ type }) => type === "prepare")).toEqual([
      { type: "prepare", standby: 2 },
    ]);
    expect(next.state.standby?.list).toEqual([{ standby: 2, since: 5, up: false }]);
  });

  it("where none are kept ready, nothing changes with time", () => {
    const world = begun(1).pass(5);
    world.give({ type: "pause" });
    world.pass(0);
    const { state } = world;
    expect(state.standby).toEqual({ next: 2, list: [], wait: null, spent: false });
    expect(world.give({ type: "tick" })).toEqual([]);
    expect(world.state).toBe(state);
  });

  it("what is waited for, and what was refused for good, is forgotten by a pause as well", () => {
    for (const answer of [launch(500), refuse("full", 500), refuse("spent", null)]) {
      const world = begun(1, [], answers(launch(), answer));
      world.give({ type: "standby-lost", standby: 1, exit: GONE });
      world.give({ type: "pause" });
      expect(world.state.standby).toEqual({ next: 2, list: [], wait: null, spent: false });
    }
  });

  it("one that is held, and has none, is taken up as it is", () => {
    const policy = answers(refuse("no", null));
    const given = { policy, standby: 2, onRefused: "hold" } as const;
    const from = JSON.parse(JSON.stringify(new World(given).begin().state));
    const next = new World({ ...given, from });
    const { state } = next;
    next.begin();
    expect(next.state).toBe(state);
  });

  it("a hold discards them, and a restart brings them back", () => {
    const policy = answers(launch(), refuse("spent", null));
    const world = new World({ standby: 1, script: [{ runMs: 5 }], policy, onRefused: "hold" });
    world.begin().pass(5);
    expect(told(world, "discard")).toBe(1);
    world.give({ type: "restart", requester: "a", reason: "b" });
    expect(told(world, "prepare")).toBe(2);
  });
});
