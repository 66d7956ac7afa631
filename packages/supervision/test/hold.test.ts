// `onRefused: "hold"`: refused for good, and yet there for an operator, under the same budget.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { crashBudgetLike } from "./policies.js";
import { answers, World } from "./world.js";

const order = { type: "restart", requester: "ops", reason: "fixed" } as const;

function held() {
  const policy = crashBudgetLike(2);
  const script = Array.from({ length: 9 }, () => ({ runMs: 10 }));
  return new World({ policy, onRefused: "hold", script }).begin().pass(100);
}

describe("held", () => {
  it("says so, waits for nothing, and goes on forever", () => {
    const world = held();
    expect(world.types().slice(-2)).toEqual(["refused", "held"]);
    expect(world.state).toMatchObject({
      held: { reason: "spent", cause: "restart" },
      ending: null,
    });
    expect(world.machine.deadline(world.state)).toBeNull();
    world.pass(1e9);
    expect(world.launchedAt).toHaveLength(3);
  });

  it("from the start on, if that is refused: also by a policy that remembers nothing", () => {
    const policy = restartPolicy({ name: "no", launch: (state) => [state, refuse("no", null)] });
    const world = new World({ policy, onRefused: "hold" }).begin();
    expect(world.told).toEqual(["0 refused", "0 held"]);
    expect(world.state.held).toEqual({ reason: "no", cause: "start" });
  });

  it("a restart brings it back, under the same budget", () => {
    const world = held();
    world.give(order);
    expect(world.state.held).toBeNull();
    expect(world.launchedAt.at(-1)).toBe(100);
    world.pass(10);
    expect(world.state.held).toEqual({ reason: "spent", cause: "restart" });
  });

  it("a reset forgives and asks again", () => {
    const world = held();
    world.give({ type: "reset" });
    world.pass(0);
    expect(world.launchedAt.at(-1)).toBe(100);
    world.pass(100);
    expect(world.launchedAt).toHaveLength(6);
  });

  it("a reset that does not help leaves it held", () => {
    const policy = answers(refuse("closed", null));
    const world = new World({ policy, onRefused: "hold" }).begin();
    world.give({ type: "reset" });
    expect(world.state.held).toEqual({ reason: "closed", cause: "start" });
  });

  it("where the operator is asked, a refusal goes to the caller and it stays held", () => {
    const policy = answers(launch(), refuse("spent", null));
    const world = new World({
      policy,
      onRefused: "hold",
      operatorLaunches: "ask",
      script: [{ runMs: 1 }],
    });
    world.begin().pass(1);
    const answer = world.give(order).find(({ type }) => type === "answer");
    expect(answer).toMatchObject({ answer: { type: "refuse", reason: "spent" } });
    expect(world.state.held?.reason).toBe("spent");
  });

  it("a pause and a resume bring it back, too; a stop ends it", () => {
    const world = held();
    world.give({ type: "pause" });
    world.give({ type: "resume" });
    expect(world.launchedAt.at(-1)).toBe(100);
    const other = held();
    other.give({ type: "stop", by: "stop" });
    expect(other.effects.at(-1)).toMatchObject({ outcome: { type: "stopped", by: "stop" } });
  });

  it("is kept in a saved state, and not asked again by the next supervisor", () => {
    const world = held();
    const next = new World({
      policy: crashBudgetLike(2),
      onRefused: "hold",
      now: 500,
      from: JSON.parse(JSON.stringify({ version: 2, at: 100, supervision: world.state })),
    });
    next.begin().pass(1_000);
    expect(next.launchedAt).toEqual([]);
    next.give(order);
    expect(next.launchedAt).toEqual([1_500]);
  });

  it("also a child that is done: it can be started again", () => {
    const policy = answers(launch(), refuse("not-wanted", null));
    const script = [{ runMs: 1, exit: { kind: "completed" } as const }];
    const world = new World({ policy, onRefused: "hold", script }).begin().pass(1);
    expect(world.state.held?.reason).toBe("not-wanted");
    world.give(order);
    expect(world.launchedAt).toEqual([0, 1]);
  });

  it("with onNotYet end, a `not yet` holds it as well", () => {
    const policy = answers(refuse("full", 50), launch());
    const world = new World({ policy, onRefused: "hold", onNotYet: "end" }).begin();
    expect(world.state.held?.reason).toBe("full");
    world.pass(50);
    expect(world.launchedAt).toEqual([]);
  });
});
