// A budget that several supervisions draw on: its state comes with each event, and goes back as an effect.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { crashBudgetLike } from "./policies.js";
import { answers, World } from "./world.js";

const shares = ({ effects }: World): unknown[] =>
  effects.flatMap((effect) => (effect.type === "share" ? [effect.state] : []));

describe("the state of a shared budget", () => {
  it("goes back first of all, and only when it has changed", () => {
    const world = new World({ shared: crashBudgetLike(9), script: [{ runMs: 5 }] }).begin();
    expect(shares(world)).toEqual([]); // a start costs nothing there
    world.pass(4);
    world.give({ type: "tick" });
    expect(shares(world)).toEqual([]);
    world.now += 1;
    const told = world.give({ type: "exited", generation: 0, exit: { kind: "failed" } });
    expect(told[0]).toEqual({ type: "share", state: 1 });
    expect(shares(world)).toEqual([1]);
  });

  it("is the one that came with the event, whatever it was before", () => {
    const world = new World({ shared: crashBudgetLike(3), script: [{ runMs: 5 }] }).begin();
    world.shared = 3; // others have used it up
    world.pass(5);
    expect(shares(world)).toEqual([4]);
    expect(world.state.ending).toEqual({ type: "refused", reason: "spent", retryAfterMs: null });
  });

  it("stands beside that of the own policy in a note", () => {
    const own = restartPolicy<number>({
      name: "own",
      initial: () => 7,
      launch: (state) => [state, launch()],
      parse: (raw) => raw as number,
    });
    const world = new World({ policy: own, shared: crashBudgetLike(9) }).begin();
    expect(world.effects.find(({ type }) => type === "note")).toMatchObject({ before: [7, 0] });
    expect(world.state.policy).toBe(7);
  });
});

describe("forgiven", () => {
  const forgiven = (world: World) => world.types().filter((type) => type === "forgiven").length;

  it.each([
    [true, 1],
    [false, 0],
  ])("is told to others where a budget is shared (%s): health and a reset", (isShared, times) => {
    const shared = isShared ? { shared: crashBudgetLike(9) } : {};
    const world = new World({ healthyAfterMs: 50, ...shared }).begin().pass(49);
    expect(forgiven(world)).toBe(0);
    world.pass(1);
    expect(forgiven(world)).toBe(times);
    world.give({ type: "reset" });
    expect(forgiven(world)).toBe(2 * times);
  });

  it("by another: a `not yet` is asked again, a delay is not", () => {
    const policy = answers(launch(), refuse("full", 500), launch(70));
    const shared = crashBudgetLike(9);
    const world = new World({ policy, shared, script: [{ runMs: 5 }, {}] }).begin().pass(10);
    expect(world.state.wait).toMatchObject({ for: "not-yet", until: 505 });
    world.give({ type: "forgiven" });
    expect(world.state.wait).toMatchObject({ for: "delay", until: 80 });
    expect(world.give({ type: "forgiven" })).toEqual([]);
    world.pass(70);
    expect(world.launchedAt).toEqual([0, 80]);
  });
});
