// A policy whose state lives elsewhere: until it answers nothing is launched, and a stop interrupts it.

import { launch, type RemotePolicy, type RestartEvent, refuse } from "@steadfast/policy";
import { describe, expect, it, vi } from "vitest";
import { type Life, World } from "./world.js";

const policy: RemotePolicy = {
  name: "store",
  describe: { kind: "store", options: {}, timesMs: [] },
  ask: () => new Promise(() => {}),
};

const remote = (...script: Life[]) => new World({ policy, script }).begin();

/** What went with each question. */
const asked = (world: World): readonly string[][] =>
  world.effects.flatMap((effect) =>
    effect.type === "ask" ? [effect.events.map(({ type }: RestartEvent) => type)] : [],
  );

describe("a question", () => {
  it("launches nothing until it is answered, however late", () => {
    const world = remote().pass(1e9);
    expect(world.told).toEqual(["0 ask"]);
    expect(world.machine.deadline(world.state)).toBeNull();
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.pass(0);
    expect(world.launchedAt).toEqual([1e9]);
  });

  it("takes along the facts since the last answer, in order, as plain JSON", () => {
    const world = remote({ runMs: 10, exit: { kind: "failed", error: new Error("boom") } });
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.pass(10);
    expect(asked(world)).toEqual([["launch"], ["exited", "launch"]]);
    const [, second] = world.effects.filter(({ type }) => type === "ask");
    expect(second).toMatchObject({
      events: [{ exit: { kind: "failed", error: { message: "boom" } }, uptimeMs: 10 }, {}],
    });
    world.give({ type: "decided", ask: 2, decision: launch(5) });
    world.pass(5);
    expect(world.launchedAt).toEqual([0, 15]);
    expect(world.state.remote).toMatchObject({ facts: [], asking: null });
  });

  it("a delay and a hint run from the answer: never early", () => {
    const world = remote();
    world.pass(1_000);
    world.give({ type: "decided", ask: 1, decision: refuse("full", 50) });
    world.pass(49);
    expect(asked(world)).toHaveLength(1);
    world.pass(1);
    expect(asked(world)).toHaveLength(2);
  });

  it.each([
    { delayMs: 2_000, lingeredMs: 500, at: 2_510 },
    { delayMs: 499, lingeredMs: 500, at: 1_010 },
    { delayMs: 2_000, lingeredMs: 0, at: 3_010 },
  ])(
    "seeing out what an exit left behind is part of its delay: %j",
    ({ delayMs, lingeredMs, at }) => {
      const world = remote();
      world.give({ type: "decided", ask: 1, decision: launch() });
      world.pass(10);
      const after = { type: "exited", exit: { kind: "failed" }, lingeredMs } as const;
      world.give({ generation: 0, ...after });
      world.pass(1_000);
      // Also where the host was replaced meanwhile.
      world.state = world.machine.parse(JSON.parse(JSON.stringify(world.state)), world.now);
      world.give({ type: "decided", ask: 2, decision: launch(delayMs) });
      expect(world.state.wait?.until ?? world.now).toBe(at);
      world.pass(at - world.now);
      world.give({ type: "exited", generation: 1, exit: { kind: "failed" } });
      world.give({ type: "decided", ask: 3, decision: launch(700) });
      expect(world.state.wait?.until).toBe(at + 700);
    },
  );

  it("never: it ends, as with any policy", () => {
    const world = remote();
    world.give({ type: "decided", ask: 1, decision: refuse("closed", null) });
    expect(world.effects.at(-1)).toMatchObject({ outcome: { type: "refused", reason: "closed" } });
  });

  it("an answer that is none ends it as failed", () => {
    const world = remote();
    world.give({ type: "decided", ask: 1, decision: { type: "noted" } });
    expect(world.state.ending).toEqual({ type: "failed" });
  });

  it("an answer that is a promise ends it, too; that it rejects is heard", async () => {
    const promise = Promise.reject(new Error("bug"));
    const then = vi.spyOn(promise, "then");
    const world = remote();
    world.give({ type: "decided", ask: 1, decision: promise as never });
    expect(world.state.ending).toEqual({ type: "failed" });
    await expect(then.mock.results[0]?.value).resolves.toBeUndefined();
  });

  it("its facts are kept as plain JSON, and nothing is added to what it consists of", () => {
    const error = new Error("boom");
    const world = remote({}).pass(0);
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.pass(0);
    const exit = { kind: "failed", error } as const;
    const event = { type: "exited", generation: 0, exit, draw: 0.25, wall: 7 } as const;
    const [{ remote: kept }] = world.machine.step(world.state, event, 0);
    expect(kept?.facts).toEqual(JSON.parse(JSON.stringify(kept?.facts)));
    expect(kept?.facts).toMatchObject([{ exit: { error: { message: "boom" } } }]);
    expect(kept?.asking).toStrictEqual({ ask: 2, cause: "restart", draw: 0.25, wall: 7, told: 1 });
  });

  it("an answer where nobody asks is stale, too", () => {
    const world = new World().begin();
    const told = world.give({ type: "decided", ask: 1, decision: launch() });
    expect(told).toMatchObject([{ type: "stale", report: "decided" }]);
  });

  it("a late answer, and one to another question, is stale", () => {
    const world = remote();
    world.give({ type: "decided", ask: 7, decision: launch() });
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.give({ type: "decided", ask: 1, decision: launch() });
    expect(world.told.filter((line) => line.endsWith("stale"))).toHaveLength(2);
    world.pass(0);
    expect(world.launchedAt).toEqual([0]);
  });
});

describe("meanwhile", () => {
  it.each(["stop", "kill"] as const)("a %s interrupts it at once", (type) => {
    const world = remote();
    world.give({ type, by: "stop" });
    expect(world.types()).toEqual(["ask", "unask", "settle"]);
    expect(world.give({ type: "decided", ask: 1, decision: launch() })).toEqual([]);
  });

  it("a pause withdraws it, and its answer is stale", () => {
    const world = remote();
    world.give({ type: "pause" });
    expect(world.types()).toContain("unask");
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.pass(10);
    expect(world.launchedAt).toEqual([]);
    world.give({ type: "resume" });
    expect(world.launchedAt).toEqual([10]);
  });

  it("an operator's restart does not wait for it; its facts go with the next question", () => {
    const world = remote({ runMs: 10 }, { runMs: 10 });
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.pass(10); // asked, with one exit
    world.give({ type: "restart", requester: "a", reason: "b" });
    expect(world.launchedAt).toEqual([0, 10]);
    world.pass(10);
    expect(asked(world)).toEqual([
      ["launch"],
      ["exited", "launch"],
      ["exited", "exited", "launch"],
    ]);
  });

  it("a reset that the answer did not know of is asked about again", () => {
    const world = remote();
    world.give({ type: "reset" });
    world.give({ type: "decided", ask: 1, decision: refuse("full", 5_000) });
    expect(asked(world)).toEqual([["launch"], ["reset", "launch"]]);
  });

  it("a reset that overtook an answer that launches does not ask again", () => {
    const world = remote();
    world.give({ type: "reset" });
    world.give({ type: "decided", ask: 1, decision: launch(50) });
    expect(asked(world)).toHaveLength(1);
    world.pass(50);
    expect(world.launchedAt).toEqual([50]);
  });

  it("no more than 64 facts are kept: the oldest go", () => {
    const world = remote();
    for (let n = 0; n < 100; n++) world.give({ type: "reset" });
    expect(world.state.remote?.facts).toHaveLength(64);
    expect(world.state.remote?.asking?.told).toBe(0);
  });
});

describe("handed over", () => {
  it("an open question is asked again, with the facts that no answer has covered", () => {
    const world = remote({ runMs: 10 });
    world.give({ type: "decided", ask: 1, decision: launch() });
    world.pass(10);
    const from = { version: 2, at: 10, supervision: JSON.parse(JSON.stringify(world.state)) };
    const next = new World({ policy, from, now: 50 }).begin();
    expect(asked(next)).toEqual([["exited", "launch"]]);
    // The first one needs no answer any more, should somebody still wait for it.
    expect(next.effects.filter(({ type }) => type === "unask")).toEqual([
      { type: "unask", ask: 2 },
    ]);
    expect(next.state.remote?.asking?.ask).toBe(3);
  });
});

describe("what cannot stand beside it is refused by name", () => {
  const shared = { name: "s", step: () => [], initial: () => 0 } as never;
  it.each([
    ["shared", { shared }],
    ["restartLimit", { restartLimit: () => ({ windowMs: 1, limit: 1, used: 0 }) }],
    ["standby", { standby: 1 }],
    ["operatorLaunches", { operatorLaunches: "ask" }],
  ] as const)("%s", (option, given) => {
    expect(() => new World({ policy, ...given })).toThrow(
      new RegExp(`supervision: ${option} must be left out beside a remote policy`),
    );
  });
});
