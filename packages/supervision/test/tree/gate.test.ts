// What a plan waits for before it starts anybody: the waits of those who are restarted together.

import { describe, expect, it } from "vitest";
import { type ChildSpec, type TreeOptions, treeStatus } from "../../src/tree.js";
import { delay, notBefore } from "./policies.js";
import { COMPLETED, explicit as child, TreeWorld } from "./world.js";

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

  it.each(["transient", "temporary"] as const)(
    "of one that under a new host is not wanted any more goes on without it (%s)",
    (restart) => {
      const list = (more: Partial<ChildSpec>): TreeOptions => ({
        strategy: "one-for-all",
        children: [child("a"), child("b", { policy: notBefore(400), ...more }), child("c")],
      });
      const before = world(list({})).crash(100, "b", COMPLETED).run(200);
      expect(before.line).toBe("0 +a 0 +b 0 +c 100 b! 100 -c 100 -a");
      const after = new TreeWorld(list({ restart }), {}, before.state, 200).begin().run(2_000);
      expect(after.line).toBe("400 +a 400 +c");
      expect(after.told.includes("400 removed b")).toBe(restart === "temporary");
    },
  );
});

it("a group does not wait for one that is temporary under a new host, and goes for good with it", () => {
  const list = (more: Partial<ChildSpec>): TreeOptions => ({
    strategy: "one-for-all",
    children: [child("a", { policy: delay(50) }), child("t", { policy: delay(500), ...more })],
  });
  const before = world(list({})).crash(100, "t").run(200);
  const after = new TreeWorld(list({ restart: "temporary" }), {}, before.state, 200).begin();
  after.at(250, { type: "pause" }, "a").at(250, { type: "resume" }, "a").crash(300, "a").run(999);
  expect(after.line).toBe("250 +a 300 a! 350 +a");
  expect(after.told).toContain("300 removed t");
});
