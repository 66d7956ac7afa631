// What is paused or held is not over: its host is kept alive for it, by one thing for all of them.

import { restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { isContractError, type System, supervise } from "../src/index.js";
import { suspendAwareSystem } from "../src/node.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { superviseTree } from "../src/tree.js";
import { crashLoop, stage } from "./stage.js";

/** A system that counts what keeps its process alive. */
function counting(base = manualSystem()) {
  let held = 0;
  let taken = 0;
  const keepAlive = () => {
    held += 1;
    taken += 1;
    return () => {
      held -= 1;
    };
  };
  return {
    base,
    system: { ...base, clock: () => base.now, keepAlive },
    held: () => held,
    taken: () => taken,
  };
}

describe("a host is kept alive", () => {
  it("while a supervision is paused and its child is gone, not before and not after", async () => {
    const { base, system, held } = counting();
    const launcher = scriptedLauncher(base, [{ stopMs: 10 }, {}]);
    const handle = supervise(launcher, { policy: restartOn("permanent") }, system);
    handle.pause();
    expect(held()).toBe(0);
    await base.advance(9);
    expect(held()).toBe(0);
    await base.advance(1);
    expect(held()).toBe(1);
    handle.pause();
    expect(held()).toBe(1);
    handle.resume();
    expect(held()).toBe(0);
    handle.pause();
    await base.settle();
    expect(held()).toBe(1);
    await handle.stop();
    expect(held()).toBe(0);
  });

  it("while it is held by a final refusal", async () => {
    const { base, system, held } = counting();
    const launcher = scriptedLauncher(base, crashLoop(10));
    const policy = restartOn("temporary");
    const handle = supervise(launcher, { policy, onRefused: "hold" }, system);
    await base.advance(10);
    expect(handle.status().held).not.toBeNull();
    expect(held()).toBe(1);
    await handle.stop();
    expect(held()).toBe(0);
  });

  it("by one thing for all that are paused, until the last one goes on", async () => {
    const { base, system, held, taken } = counting();
    const begin = (id: string) =>
      supervise(scriptedLauncher(base, []), { id, policy: restartOn("permanent") }, system);
    const both = [begin("one"), begin("two")];
    for (const handle of both) handle.pause();
    await base.settle();
    expect([held(), taken()]).toEqual([1, 1]);
    both[0]?.resume();
    expect(held()).toBe(1);
    await both[1]?.stop();
    expect([held(), taken()]).toEqual([0, 1]);
    await both[0]?.stop();
  });

  it("while a child of a tree is paused and nobody else is there; not for a tree that is merely empty", async () => {
    const { base, system, held } = counting();
    const launcher = () => scriptedLauncher(base, []);
    const children = ["a", "b"].map((id) => ({ id, launcher: launcher() }));
    const tree = superviseTree({ children }, {}, system);
    tree.child("a").pause();
    await base.settle();
    expect(held()).toBe(0);
    tree.child("b").pause();
    await base.settle();
    expect(held()).toBe(1);
    tree.child("a").resume();
    expect(held()).toBe(0);
    await tree.stop();
    const empty = superviseTree({ kinds: { any: { launcher: launcher() } } }, {}, system);
    await base.settle();
    expect(held()).toBe(0);
    await empty.stop();
    expect(held()).toBe(0);
  });

  it("by a tree that was handed over with a child that is paused", async () => {
    const { base, system, held } = counting();
    const children = [{ id: "a", launcher: scriptedLauncher(base, []) }];
    const first = superviseTree({ children }, {}, base);
    first.child("a").pause();
    await base.settle();
    const next = superviseTree({ children }, { snapshot: first.snapshot() }, system);
    await base.settle();
    expect(held()).toBe(1);
    next.child("a").resume();
    expect(held()).toBe(0);
    next.child("a").pause();
    await base.settle();
    expect(held()).toBe(1);
    await next.stop();
    expect(held()).toBe(0);
    await first.stop();
  });

  it("also with time that a suspend does not stop", async () => {
    const { base, system, held } = counting();
    const aware = suspendAwareSystem({ system, uptime: () => base.now / 1_000 });
    const launcher = scriptedLauncher(base, []);
    const handle = supervise(launcher, { policy: restartOn("permanent") }, aware);
    handle.pause();
    await base.settle();
    expect(held()).toBe(1);
    await handle.stop();
    expect("keepAlive" in suspendAwareSystem({ system: base })).toBe(false);
  });
});

describe("a system that cannot", () => {
  it("is not asked to", async () => {
    const { handle, system } = stage();
    handle.pause();
    await system.settle();
    expect(handle.status().intent).toBe("paused");
    expect((await handle.stop()).type).toBe("stopped");
  });

  it("must have a function", () => {
    const wrong = { ...manualSystem(), keepAlive: 5 } as unknown as System;
    const launcher = scriptedLauncher(manualSystem(), []);
    expect(() => supervise(launcher, { policy: restartOn("permanent") }, wrong)).toThrow(
      "an object with clock(), random() and timers { set(), clear() }",
    );
  });

  it("ends what waits there when it throws, and says so", async () => {
    const keepAlive = () => {
      throw new Error("no handle left");
    };
    const { handle, system } = stage({
      as: (base) => ({ ...base, clock: () => base.now, keepAlive }),
    });
    handle.pause();
    await system.settle();
    handle.resume();
    await system.settle();
    const outcome = await handle.outcome;
    expect(outcome.type).toBe("failed");
    expect("error" in outcome && isContractError(outcome.error)).toBe(true);
  });
});
