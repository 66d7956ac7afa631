// Chance in a tree: every child has a draw of its own, which follows from the one that came with the event.

import { launch, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { TreeWorld } from "./world.js";

/** What the policies of two children were given, in a tree that was given `draw`. */
function drawsOf(draw: number): readonly number[] {
  const draws: number[] = [];
  const policy = restartPolicy({
    name: "eye",
    launch: (state, event) => {
      draws.push(event.draw);
      return [state, launch()];
    },
  });
  const world = new TreeWorld({ children: ["a", "b"].map((id) => ({ id, policy })) });
  world.draw = draw;
  world.begin().run(10);
  return draws;
}

describe("a draw", () => {
  it.each([0, 0.5, 1 - 2 ** -53])(
    "of %d is another one for each child, and the same each time",
    (draw) => {
      const draws = drawsOf(draw);
      expect(new Set([draw, ...draws]).size).toBe(3);
      for (const one of draws) expect(one >= 0 && one < 1).toBe(true);
      expect(drawsOf(draw)).toEqual(draws);
    },
  );

  it.each([1, -0.5, Number.NaN, "0.5"])("of %j is no draw: the tree ends, and says so", (draw) => {
    const world = new TreeWorld({ children: [{ id: "a" }] });
    world.draw = draw as number;
    world.begin().run(10);
    expect(world.line).toBe(
      `0 fault system: random() must answer a number in [0, 1), got ${draw} 0 failed`,
    );
  });
});
