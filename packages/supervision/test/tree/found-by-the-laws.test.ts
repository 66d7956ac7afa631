// What random stories found, played on the tree and on its twin: each of these once came out otherwise.

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervisionTree } from "../../src/tree/supervision-tree.js";
import type { TreeEffect, TreeEvent, TreeHappening, TreeOptions } from "../../src/tree.js";

type Told = TreeHappening & { readonly path?: readonly string[] };

const begin: Told = { type: "begin" };
const tick: Told = { type: "tick" };
const stop: Told = { type: "stop", by: "stop" };
const about = (path: string) => ({ path: path.split("/"), generation: 0 });
const there = (path: string): Told => ({ type: "launched", ...about(path) });
const exited = (path: string, generation: number, kind: "cancelled" | "failed"): Told => ({
  type: "exited",
  ...about(path),
  generation,
  exit: { kind },
});
const cancelled = (path: string): Told => exited(path, 0, "cancelled");
const failed = (path: string, generation = 0): Told => exited(path, generation, "failed");

function playOf(options: TreeOptions) {
  const tree = supervisionTree(options);
  let state = tree.initial();
  return {
    tree,
    get state() {
      return state;
    },
    /** The effects that launch, ask and end. */
    tell(event: Told, now = 100): readonly string[] {
      const [after, effects] = tree.step(state, { ...event, draw: 0.5, wall: 0 } as TreeEvent, now);
      state = after;
      return effects.flatMap(wordOf);
    },
  };
}

const WORDS: readonly string[] = ["launch", "request-stop", "abandon", "exited"];

const wordOf = (effect: TreeEffect): readonly string[] =>
  WORDS.includes(effect.type) && "path" in effect && effect.path
    ? [`${effect.type} ${effect.path.join("/")}`]
    : [];

describe("a tree", () => {
  it("launches a child that was resumed before it had ended for the pause", () => {
    const { tell } = playOf({ children: [{ id: "a" }] });
    tell(begin);
    tell(there("a"));
    tell({ type: "pause", path: ["a"] });
    expect(tell({ type: "resume", path: ["a"] })).toEqual([]);
    expect(tell(cancelled("a"))).toEqual(["exited a", "launch a"]);
  });

  it("drops what comes late of those below a tree that begins again in the same step", () => {
    const inner = supervisionTree({ children: [{ id: "a", abandonAfterMs: 5, gracePeriodMs: 0 }] });
    const { tell } = playOf({
      strategy: "one-for-all",
      children: [
        { id: "in", tree: inner },
        { id: "b", gracePeriodMs: 0 },
      ],
    });
    for (const event of [begin, there("in/a"), failed("in/a"), there("b")]) tell(event);
    tell({ ...there("in/a"), generation: 1 } as Told);
    expect(tell(failed("b"))).toEqual(["exited b", "request-stop in/a"]);
    // At one instant "a" is given up, its tree begins again, and the old "a" ends: nobody hears of that.
    expect(tell(failed("in/a", 1), 105)).toEqual([
      "abandon in/a",
      "exited in/a",
      "exited in",
      "launch in/a",
    ]);
  });

  it("is not due for the age of a child that is to end anyway", () => {
    const play = playOf({ children: [{ id: "a", recycle: { ageMs: 30 } }, { id: "b" }] });
    for (const event of [begin, there("a"), there("b")]) play.tell(event);
    expect(play.tell(stop, 120)).toEqual(["request-stop b"]);
    expect(play.tree.deadline(play.state)).toBe(130);
    expect(play.tell(tick, 130)).toEqual([]);
    expect(play.tree.deadline(play.state)).toBeGreaterThan(130);
  });

  it("is the same after an order that changes nothing, also while others are started", () => {
    const play = playOf({ children: [{ id: "a" }, { id: "b" }] });
    for (const event of [begin, { ...stop, path: ["a"] }, cancelled("a")]) play.tell(event);
    const { state } = play;
    play.tell({ ...stop, path: ["a"] });
    expect(play.state).toBe(state);
  });

  it("is due at once when it is read back with a tree inside that is to begin again", () => {
    const no = restartPolicy({
      name: "no",
      launch: (state, { cause }) => [state, cause === "start" ? refuse("no", null) : launch()],
    });
    const inner = supervisionTree({ children: [{ id: "a", policy: no }] });
    const options: TreeOptions = { startFailure: "restart", children: [{ id: "in", tree: inner }] };
    const tree = supervisionTree({ strategy: "one-for-all", ...options });
    const [state] = tree.step(tree.initial(), { ...begin, draw: 0.5, wall: 0 } as TreeEvent, 100);
    for (const now of [100, 99]) {
      const back = tree.parse(JSON.parse(JSON.stringify(state)), now);
      expect(tree.deadline(back)).toBe(now);
      const [, effects] = tree.step(back, { ...tick, draw: 0.5, wall: 0 } as TreeEvent, now);
      expect(effects.some(({ type }) => type === "launched")).toBe(true);
    }
  });
});
