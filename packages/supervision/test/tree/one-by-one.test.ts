// `restarts: "one-by-one"`: a restart alone is a plan, too, and waits while others are stopped or started.

import { describe, expect, it } from "vitest";
import type { ChildSpec } from "../../src/tree.js";
import { delay } from "./policies.js";
import { type Manner, TreeWorld } from "./world.js";

const child = (id: string, ms: number): ChildSpec => ({
  id,
  readiness: "explicit",
  policy: delay(ms),
});
const begin = (children: readonly ChildSpec[], manners: Record<string, Manner> = {}) =>
  new TreeWorld({ restarts: "one-by-one", children }, manners).begin();
const side = (children: readonly ChildSpec[], manners: Record<string, Manner> = {}) =>
  new TreeWorld({ children }, manners).begin();

describe("a restart", () => {
  it("at once is a plan of its own: the next begins when the one before is up", () => {
    const children = [child("a", 0), child("b", 0), child("c", 0)];
    const slow = { a: { startMs: 30 }, b: { startMs: 30 } };
    const world = begin(children, slow).run(100);
    world.crash(100, "a").crash(110, "b").crash(115, "c").run(300);
    expect(world.line).toBe("30 +a 60 +b 60 +c 100 a! 110 b! 115 c! 130 +a 160 +b 160 +c");
    const other = side(children, slow).run(100);
    other.crash(100, "a").crash(110, "b").crash(115, "c").run(300);
    expect(other.line).toBe("30 +a 60 +b 60 +c 100 a! 110 b! 115 c! 115 +c 130 +a 140 +b");
  });

  it("after a delay waits its turn as well, and keeps nobody else from theirs meanwhile", () => {
    const children = [child("a", 0), child("b", 20), child("c", 40)];
    const world = begin(children, { a: { startMs: 30 }, b: { startMs: 30 } }).run(100);
    world.crash(100, "b").crash(100, "c").crash(110, "a").run(300);
    // a is being started from 110 to 140: b, due at 120, comes then, and c, due at 140, after it.
    expect(world.line).toBe("30 +a 60 +b 60 +c 100 b! 100 c! 110 a! 140 +a 170 +b 170 +c");
  });

  it("is overtaken by an order, and is not carried out twice", () => {
    const children = [child("a", 0), child("b", 20)];
    const world = begin(children, { a: { startMs: 50 } }).run(100);
    world.crash(100, "b").crash(110, "a").run(130);
    world.give({ type: "restart", requester: "ops", reason: "now" }, ["b"]);
    world.run(300);
    expect(world.line).toBe("50 +a 50 +b 100 b! 110 a! 130 +b 160 +a");
  });

  it("waits its turn under a new host, too", () => {
    const children = [child("a", 0), child("b", 20)];
    const before = begin(children, { a: { startMs: 50 } }).run(100);
    before.crash(100, "b").crash(110, "a").run(130);
    const options = { restarts: "one-by-one", children } as const;
    const after = new TreeWorld(options, { a: { startMs: 50 } }, before.state, 130).begin();
    expect(after.run(300).line).toBe("180 +a 180 +b");
  });
});
