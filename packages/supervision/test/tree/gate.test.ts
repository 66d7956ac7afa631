// What a plan waits for before it starts anybody: the waits of those who are restarted together.

import { describe, expect, it } from "vitest";
import { type ChildSpec, type TreeOptions, treeStatus } from "../../src/tree.js";
import { delay, notBefore } from "./policies.js";
import { TreeWorld } from "./world.js";

const child = (id: string, more: Partial<ChildSpec> = {}): ChildSpec => ({
  id,
  readiness: "explicit",
  ...more,
});
const world = (options: TreeOptions) => new TreeWorld(options).begin();
const until = ({ tree, state, now }: TreeWorld) => treeStatus(tree, state, now).plan?.until;

describe("a plan with a not-yet", () => {
  const children = [
    child("a", { policy: notBefore(900) }),
    child("b"),
    child("c", { policy: delay(500) }),
  ];
  const options: TreeOptions = { strategy: "rest-for-one", children };

  it("has no instant, also beside a delay: it comes up when both are over", () => {
    const tree = world(options);
    tree.crash(100, "c").run(200);
    expect(until(tree)).toBe(600);
    tree.crash(300, "a").run(400);
    expect(until(tree)).toBeNull();
    expect(tree.run(2_000).line).toBe("0 +a 0 +b 0 +c 100 c! 300 a! 300 -b 900 +a 900 +b 900 +c");
  });

  it("opens when the child is paused", () => {
    const tree = world(options);
    tree.crash(100, "a").at(200, { type: "pause" }, "a").run(2_000);
    expect(tree.line).toBe("0 +a 0 +b 0 +c 100 a! 100 -c 100 -b 200 +b 200 +c");
  });
});
