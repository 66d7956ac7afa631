// Who breaks a contract, and what that leads to: a fault that says who it was, and an ending; never a throw of `step`.

import {
  type Exit,
  launch,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartOn,
} from "@steadfast/policy";
import { describe, expect, it, vi } from "vitest";
import { ContractError, type Effect, type SupervisionOptions } from "../src/index.js";
import { TreeWorld } from "./tree/world.js";
import { answers, World } from "./world.js";

const GONE: Exit = { kind: "failed" };
const order = { type: "restart", requester: "ops", reason: "new" } as const;

const faults = ({ effects }: World): unknown[] =>
  effects.flatMap((effect) => (effect.type === "fault" ? [effect.error] : []));
const types = (effects: readonly Effect[]) => effects.map(({ type }) => type);

/** Answers as told, and breaks with the n-th event of a type. */
function breaking(type: RestartEvent["type"], n: number, breach: () => unknown): RestartPolicy {
  const policy = answers(launch());
  let seen = 0;
  const step = (state: number, event: RestartEvent, now: number) =>
    event.type === type && ++seen === n ? breach() : policy.step(state, event, now);
  return { ...policy, step } as unknown as RestartPolicy;
}

const bug = new Error("bug");
const rejected = () => Promise.reject(bug);
const throws = () => {
  throw bug;
};

describe("a ContractError", () => {
  it("says who broke what, and keeps what was thrown", () => {
    const error = new ContractError("launcher", "it has no launch()", bug);
    expect(error).toMatchObject({ name: "ContractError", code: "ERR_CONTRACT", party: "launcher" });
    expect(error.message).toBe("launcher: it has no launch()");
    expect(error.cause).toBe(bug);
  });
});

describe("the judge", () => {
  it.each([
    [undefined, "undefined"],
    [1, "number"],
    ["no", "string"],
    [Promise.resolve(true), "object"],
  ])("must answer true or false, not %o", (verdict, type) => {
    const isFailure = (() => verdict) as never;
    const world = new World({ isFailure, script: [{ runMs: 5 }] }).begin().pass(5);
    const message = `caller: isFailure must answer true or false, got ${type}`;
    expect(faults(world)).toMatchObject([{ party: "caller", message }]);
    expect(world.effects.find((one) => one.type === "exited")).toMatchObject({ failed: true });
    expect(world.state).toMatchObject({ over: true, ending: { type: "failed" } });
    expect(world.notes.map(({ type: told }) => told)).toEqual(["launch"]);
  });

  it.each([true, false])("%s is its word", (failed) => {
    const world = new World({ isFailure: () => failed, script: [{ runMs: 5 }] }).begin().pass(5);
    expect(faults(world)).toEqual([]);
    expect(world.state.failures).toBe(failed ? 1 : 0);
  });

  it("that throws over a standby: the policy hears of no exit", () => {
    const world = new World({ standby: 1, isFailure: throws }).begin();
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(faults(world)).toEqual([bug]);
    expect(world.notes.map(({ type }) => type)).toEqual(["launch"]);
    expect(world.types()).not.toContain("standby-lost");
  });
});

describe("the system's random()", () => {
  const begin = (draw: unknown) => {
    const world = new World({ draws: [draw as number] });
    world.give({ type: "begin" });
    return world;
  };

  it.each([0, 0.5, 1 - 2 ** -53])("may answer %d", (draw) => {
    expect(faults(begin(draw))).toEqual([]);
  });

  it.each([
    [1, "1"],
    [-Number.MIN_VALUE, "-5e-324"],
    [Number.NaN, "NaN"],
    ["0.5", "0.5"],
  ])("may not answer %o", (draw, shown) => {
    const world = begin(draw);
    const message = `system: random() must answer a number in [0, 1), got ${shown}`;
    expect(faults(world)).toMatchObject([{ party: "system", message }]);
    expect(world.notes).toEqual([]);
    expect(world.state.ending).toEqual({ type: "failed" });
  });

  it("may not do so beside a remote policy either: no question is put", () => {
    const policy = {
      name: "store",
      describe: { kind: "store", options: {}, timesMs: [] },
      ask: () => new Promise<never>(() => {}),
    };
    const world = new World({ policy, draws: [2] });
    world.give({ type: "begin" });
    expect(faults(world)).toMatchObject([{ party: "system" }]);
    expect(world.types()).toEqual(["fault", "settle"]);
  });
});

describe("the policy", () => {
  it.each([[null], [{}], [undefined]])("must answer [state, decision], not %o", (step) => {
    const world = new World({ policy: breaking("launch", 1, () => step) });
    world.give({ type: "begin" });
    const message = "policy: answers: step must answer [state, decision]";
    expect(faults(world)).toMatchObject([{ party: "policy", message }]);
  });

  it("may not remember a promise: a state is plain JSON", () => {
    const world = new World({ policy: breaking("launch", 1, () => [rejected(), launch()]) });
    world.give({ type: "begin" });
    const message = "policy: answers: a state must be plain JSON, got a promise";
    expect(faults(world)).toMatchObject([{ party: "policy", message }]);
    expect(world.state.policy).toBe(0);
  });

  it("may remember null, and what is called `then` but is no function", () => {
    for (const remembered of [null, JSON.parse('{"then":5}')]) {
      const world = new World({ policy: breaking("launch", 1, () => [remembered, launch()]) });
      world.give({ type: "begin" });
      expect(faults(world)).toEqual([]);
      expect(world.state.policy).toEqual(remembered);
    }
  });

  it.each<readonly [string, (give: () => unknown) => Partial<SupervisionOptions>]>([
    ["the policy", (give) => ({ policy: breaking("launch", 2, give) })],
    ["a state", (give) => ({ policy: breaking("launch", 2, () => [give(), launch()]) })],
    ["the judge", (give) => ({ isFailure: give as never })],
  ])("a promise of %s that rejects is heard: it ends no host", async (_, options) => {
    const promise = rejected();
    const then = vi.spyOn(promise, "then");
    const world = new World({ ...options(() => promise), script: [{ runMs: 5 }] });
    world.begin().pass(5);
    expect(faults(world)).toHaveLength(1);
    expect(then).toHaveBeenCalledWith(expect.any(Function), expect.any(Function));
    await expect(then.mock.results[0]?.value).resolves.toBeUndefined();
  });

  it("that breaks when a standby is lost is not asked about another", () => {
    const policy = breaking("exited", 1, throws);
    const world = new World({ policy, standby: 1 }).begin();
    world.give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(faults(world)).toEqual([bug]);
    expect(world.notes.map(({ type }) => type)).toEqual(["launch"]);
  });

  it("that breaks over the replacement of a standby: it is lost, and not replaced", () => {
    const policy = breaking("launch", 2, throws);
    const world = new World({ policy, standby: 1 }).begin();
    const told = world.give({ type: "standby-lost", standby: 1, exit: GONE });
    expect(faults(world)).toEqual([bug]);
    expect(told.find(({ type }) => type === "standby-lost")).toMatchObject({ until: null });
  });

  it("that breaks over an operator's restart: the order is turned down, for it all ends", () => {
    const policy = breaking("launch", 2, throws);
    const world = new World({ policy, operatorLaunches: "ask" }).begin();
    const told = world.give(order);
    const answer = { type: "answer", answer: "blocked-by-shutdown" };
    expect(told.find(({ type }) => type === "answer")).toMatchObject(answer);
    expect(types(told)).not.toContain("launch");
    expect(types(told)).toContain("request-stop");
    expect(faults(world)).toEqual([bug]);
  });

  it("that breaks over a resumption: nobody is launched", () => {
    const policy = breaking("launch", 2, throws);
    const world = new World({ policy, operatorLaunches: "ask" }).begin();
    world.give({ type: "pause" });
    world.pass(0);
    expect(types(world.give({ type: "resume" }))).toEqual(["drawn", "fault", "settle"]);
    expect(world.launchedAt).toEqual([0]);
  });

  it("that breaks once: the first fault is the cause, whatever follows", () => {
    const world = new World({ script: [{ stopMs: 50 }] }).begin();
    world.give({ type: "fault", error: bug });
    world.give({ type: "fault", error: new Error("another") });
    world.pass(50);
    expect(faults(world)).toEqual([bug]);
    expect(world.types().filter((type) => type === "settle")).toHaveLength(1);
  });

  it("a fault while it is stopped already makes of it a failure", () => {
    const world = new World({ script: [{ stopMs: 50 }] }).begin();
    world.give({ type: "stop", by: "stop" });
    expect(world.state.ending).toEqual({ type: "stopped", by: "stop" });
    world.give({ type: "fault", error: bug });
    expect(world.state.ending).toEqual({ type: "failed" });
    world.pass(50);
    expect(world.effects.at(-1)).toMatchObject({ outcome: { type: "failed" } });
  });
});

describe("the caller", () => {
  it("must parse what another tree has written: a kind that this one has not is an error at once", () => {
    const { state: written } = new TreeWorld({ children: [{ id: "a" }] }).begin();
    const { tree } = new TreeWorld({ children: [{ id: "b" }] });
    const message = "caller: no kind a in this tree: parse its state first";
    const given = { draw: 0.5, wall: 0, path: ["a"] };
    const act = () =>
      tree.step(written, { type: "restart", requester: "x", reason: "y", ...given }, 0);
    expect(act).toThrow(
      expect.objectContaining({ code: "ERR_CONTRACT", party: "caller", message }),
    );
  });
});

describe("the reader of the restart limit", () => {
  it("shows what it reads, and nothing where it answers nothing", () => {
    const view = { windowMs: 5, limit: 3, used: 1 };
    const policy = answers(launch());
    const shown = new World({ policy, restartLimit: () => view }).begin();
    expect(shown.state.slot.restartLimit).toMatchObject(view);
    const none = new World({ policy, restartLimit: (() => undefined) as never }).begin();
    expect(none.state.slot.restartLimit).toBeNull();
    expect(none.types()).not.toContain("callback-failed");
  });

  it("that throws is told once, and not called again: the child goes on", () => {
    let calls = 0;
    const restartLimit = () => {
      calls++;
      throw bug;
    };
    const world = new World({ restartLimit, script: [{ runMs: 5 }] }).begin().pass(5);
    expect(world.effects.filter(({ type }) => type === "callback-failed")).toMatchObject([
      { callback: "restartLimit", error: bug },
    ]);
    expect(calls).toBe(1);
    expect(world.launchedAt).toEqual([0, 5]);
  });

  it("the same of one that is held, where nothing else happens", () => {
    const policy = answers(refuse("no", null));
    const held = new World({ policy, onRefused: "hold" }).begin();
    const from = JSON.parse(JSON.stringify(held.state));
    const next = new World({ policy, onRefused: "hold", restartLimit: throws, from }).begin();
    expect(next.types()).toEqual(["callback-failed"]);
    expect(next.state).toEqual({ ...held.state, unlimited: true });
  });
});

describe("a saved exit that nobody has judged", () => {
  const saved = (failed: boolean | null) => {
    const world = new World({ script: [{ runMs: 5, exit: { kind: "completed" } }] });
    world.begin().pass(5);
    const { slot } = world.state;
    const gone = { ...slot, phase: { status: "stopped" } };
    return { ...world.machine.initial(), slot: gone, failed, policy: "transient" };
  };
  const policy = restartOn("transient");

  it("is judged when it is taken up; one that was judged is not judged again", () => {
    const seen: Exit[] = [];
    const isFailure = (exit: Exit) => seen.push(exit) > 9;
    const from = { ...saved(null), policy: policy.initial() };
    const world = new World({ policy, isFailure, from }).begin();
    expect(seen).toMatchObject([{ kind: "completed" }]);
    expect(world.state.failed).toBe(false);
    const known = { ...saved(true), policy: policy.initial() };
    expect(new World({ policy, isFailure, from: known }).begin().state.failed).toBe(true);
    expect(seen).toHaveLength(1);
  });

  it("also where nothing else happens, since it is held", () => {
    const held = { reason: "no", cause: "restart" };
    const from = { ...saved(null), policy: policy.initial(), held };
    const world = new World({ policy, onRefused: "hold", from }).begin();
    expect(world.told).toEqual([]);
    expect(world.state.failed).toBe(false);
  });
});
