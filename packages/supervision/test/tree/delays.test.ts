// A group restart with a delay: down at once, in reverse; up in order, when every wait is over and all are
// down. Instants and order are exact.

import { describe, expect, it } from "vitest";
import type { ChildSpec, TreeOptions } from "../../src/tree.js";
import { delay, notBefore } from "./policies.js";
import { TreeWorld } from "./world.js";

const slow = { stopMs: 30 };
const child = (id: string, ms = 0): ChildSpec => ({ id, readiness: "explicit", policy: delay(ms) });

function group(strategy: TreeOptions["strategy"], ...children: ChildSpec[]): TreeWorld {
  const manners = Object.fromEntries(children.map(({ id }) => [id, slow]));
  return new TreeWorld({ strategy: strategy ?? "one-for-one", children }, manners).begin();
}

describe("one-for-all", () => {
  it("goes down at once, in reverse, and comes up in order when the delay is over", () => {
    const world = group("one-for-all", child("a"), child("b", 500), child("c"));
    world.crash(100, "b").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 b! 130 -c 160 -a 600 +a 600 +b 600 +c");
  });

  it("the next is started only when the one before is up", () => {
    const children = [child("a"), child("b", 500), child("c")];
    const manners = { a: { stopMs: 30, startMs: 10 }, b: slow, c: slow };
    const world = new TreeWorld({ strategy: "one-for-all", children }, manners).begin();
    world.crash(100, "b").run(1_000);
    expect(world.line).toBe("10 +a 10 +b 10 +c 100 b! 130 -c 160 -a 610 +a 610 +b 610 +c");
  });

  it("without a delay, comes up when all are down", () => {
    const world = group("one-for-all", child("a"), child("b"), child("c"));
    world.crash(100, "b").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 b! 130 -c 160 -a 160 +a 160 +b 160 +c");
  });

  it("a delay that is over before all are down waits for them", () => {
    const world = group("one-for-all", child("a"), child("b", 40), child("c"));
    world.crash(100, "b").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 b! 130 -c 160 -a 160 +a 160 +b 160 +c");
  });

  it("an exit of one that is to be stopped anyway does not count", () => {
    const world = group("one-for-all", child("a", 900), child("b", 100), child("c"));
    world.crash(100, "b").crash(110, "a").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 b! 110 a! 130 -c 200 +a 200 +b 200 +c");
  });
});

describe("rest-for-one", () => {
  it("an earlier sibling that crashes meanwhile makes one plan with it, and the later instant holds", () => {
    const world = group("rest-for-one", child("a", 50), child("b"), child("c", 500));
    world.crash(100, "c").crash(300, "a").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 c! 300 a! 330 -b 600 +a 600 +b 600 +c");
  });

  it("also if the later instant is that of the later exit", () => {
    const world = group("rest-for-one", child("a", 500), child("b"), child("c", 500));
    world.crash(100, "c").crash(300, "a").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 c! 300 a! 330 -b 800 +a 800 +b 800 +c");
  });

  it("an exit while somebody is stopped waits for the end of the plan", () => {
    const world = group("rest-for-one", child("a"), child("b", 10), child("c"));
    world.crash(100, "b").crash(110, "a").run(1_000);
    expect(world.line).toBe(
      "0 +a 0 +b 0 +c 100 b! 110 a! 130 -c 130 +b 130 +c 160 -c 190 -b 190 +a 190 +b 190 +c",
    );
  });

  it("a not-yet keeps the group down until it is admitted", () => {
    const late: ChildSpec = { id: "b", readiness: "explicit", policy: notBefore(400) };
    const world = group("rest-for-one", child("a"), late, child("c"));
    world.crash(100, "b").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 b! 130 -c 400 +b 400 +c");
  });
});

describe("one-for-one", () => {
  it("waits run side by side", () => {
    const world = group("one-for-one", child("a", 250), child("b", 150));
    world.crash(100, "b").crash(150, "a").run(1_000);
    expect(world.line).toBe("0 +a 0 +b 100 b! 150 a! 250 +b 400 +a");
  });

  it("one millisecond before its instant nobody is there", () => {
    const world = group("one-for-one", child("a", 250));
    world.crash(100, "a").run(349);
    expect(world.line).toBe("0 +a 100 a!");
    expect(world.tree.deadline(world.state)).toBe(350);
    expect(world.run(350).line).toBe("0 +a 100 a! 350 +a");
  });
});

describe("a stop", () => {
  it("in the middle of a plan ends all, in reverse, and starts nobody", () => {
    const world = group("one-for-all", child("a"), child("b", 500), child("c"));
    world.crash(100, "b").at(110, { type: "stop", by: "stop" }).run(1_000);
    expect(world.line).toBe("0 +a 0 +b 0 +c 100 b! 130 -c 160 -a 160 stopped");
  });

  it("cuts a wait at once", () => {
    const world = group("one-for-all", child("a"), child("b", 500));
    world.crash(100, "b").at(300, { type: "stop", by: "stop" }).run(1_000);
    expect(world.line).toBe("0 +a 0 +b 100 b! 130 -a 300 stopped");
    expect(world.tree.deadline(world.state)).toBeNull();
  });

  it("is overtaken by a kill, which asks nobody", () => {
    const deaf = { stopMs: null };
    const children = [child("a"), child("b")];
    const world = new TreeWorld({ children }, { a: deaf, b: deaf }).begin();
    world.at(100, { type: "stop", by: "stop" }).at(200, { type: "kill", by: "abort" }).run(1_000);
    expect(world.line).toBe("0 +a 0 +b 200 -a 200 -b 200 stopped");
    expect(world.outcome).toEqual({ type: "stopped", by: "stop" });
  });

  it("a deaf child is killed when its grace period is over, and given up when that does not help", () => {
    const children = [child("a"), { ...child("b"), gracePeriodMs: 50, abandonAfterMs: 70 }];
    const world = new TreeWorld({ children }, { b: { stopMs: null, mortal: false } }).begin();
    world.at(100, { type: "stop", by: "stop" }).run(1_000);
    expect(world.line).toBe("0 +a 0 +b 220 -a 220 stopped");
    expect(world.told.filter((one) => one.endsWith(" b")).slice(-4)).toEqual([
      "100 request-stop b",
      "150 kill b",
      "220 abandon b",
      "220 exited b",
    ]);
  });
});
