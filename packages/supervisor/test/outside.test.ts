// What looks at a child from outside, what is prepared for one, and who watches the whole process.

import { channel } from "node:diagnostics_channel";
import { launch, refuse, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type Launcher, type Prepared, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { superviseTree } from "../src/tree.js";
import { answers } from "./policies.js";
import { stage } from "./stage.js";

describe("a probe", () => {
  const asked: { generation: number; aborted: boolean }[] = [];

  it.each([
    ["answers false", async () => false],
    ["rejects", async () => Promise.reject(new Error("refused"))],
    [
      "throws",
      () => {
        throw new Error("bug");
      },
    ],
    ["answers something else", async () => 1 as never],
    ["never answers", () => new Promise<boolean>(() => {})],
  ])("that %s, so many times in a row, ends the child as unhealthy", async (_, check) => {
    const set = stage({
      policy: answers(launch(), refuse("x", null)),
      probe: { check, periodMs: 100, timeoutMs: 20, failures: 2 },
    });
    await set.system.advance(220);
    expect(await set.handle.outcome).toMatchObject({
      lastExit: { kind: "unhealthy", reason: "probe-failed" },
    });
    expect(set.system.pendingTimers).toBe(0);
  });

  it("that answers true keeps it; its signal is aborted when the answer is not wanted any more", async () => {
    const signals: AbortSignal[] = [];
    const set = stage({
      probe: {
        check: ({ generation, attempt, id, pid }, signal): boolean | Promise<boolean> => {
          asked.push({ generation, aborted: signal.aborted });
          expect([attempt, id, pid]).toEqual([generation + 1, "child", null]);
          signals.push(signal);
          return signals.length < 2 ? true : new Promise<boolean>(() => {});
        },
        periodMs: 100,
        timeoutMs: 20,
      },
    });
    await set.system.advance(200);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    await set.handle.stop();
    expect(signals[1]?.aborted).toBe(true);
    expect(set.system.pendingTimers).toBe(0);
  });

  it.each<[object, RegExp]>([
    [{ check: 5 }, /supervise.probe: check must be a function/],
    [{ check: () => true, periodMs: 0 }, /supervise.probe: periodMs must be/],
    [{ check: () => true, for: "both" }, /supervise.probe: for must be liveness/],
  ])("with bad options is refused by name: %j", (probe, message) => {
    expect(() => stage({ probe: probe as never })).toThrow(message);
  });
});

describe("a standby", () => {
  function prepared(system = manualSystem()) {
    const scripted = scriptedLauncher(system, [{ runMs: 10, exit: { kind: "failed" } }]);
    const made: { standby: number; used: boolean; discarded: boolean; lose(): void }[] = [];
    const launcher: Launcher = {
      launch: (info, standby) => {
        const own = made.find((one) => one === (standby as unknown));
        if (own) own.used = true;
        return scripted.launch(info);
      },
      prepare({ standby }): Prepared {
        let lose = (): void => {};
        const gone = new Promise<{ kind: "failed" }>((resolve) => {
          lose = () => resolve({ kind: "failed" });
        });
        const one = { standby, used: false, discarded: false, lose };
        made.push(one);
        return Object.assign(one, {
          up: Promise.resolve(),
          gone,
          discard: () => {
            one.discarded = true;
          },
        });
      },
    };
    const policy = restartOn("permanent");
    const handle = supervise(launcher, { policy, standby: 1 }, system);
    return { system, made, handle, scripted };
  }

  it("is prepared, used up by the next launch, replaced, and discarded by a stop", async () => {
    const { system, made, handle, scripted } = prepared();
    await system.advance(10);
    expect(scripted.launchedAt).toEqual([0, 10]);
    expect(made.map(({ used }) => used)).toEqual([true, false]);
    await handle.stop();
    expect(made.map(({ discarded }) => discarded)).toEqual([false, true]);
  });

  it("that is gone is told and replaced", async () => {
    const { system, made, handle } = prepared();
    const types: string[] = [];
    handle.on(({ type }) => void types.push(type));
    await system.settle();
    made[0]?.lose();
    await system.settle();
    expect(types).toContain("standby-lost");
    expect(made.map(({ standby }) => standby)).toEqual([1, 2]);
    await handle.stop();
  });

  it.each(["supervise", "a tree"])(
    "that takes time to end is waited for, once it was discarded: %s is not over before",
    async (who) => {
      const system = manualSystem();
      const gone: (() => void)[] = [];
      const launcher: Launcher = {
        launch: (info) => scriptedLauncher(system, [{}]).launch(info),
        prepare: () => ({
          up: Promise.resolve(),
          gone: new Promise(() => {}),
          discard: () => new Promise<void>((resolve) => gone.push(resolve)),
        }),
      };
      const options = { policy: restartOn("permanent"), standby: 2 } as const;
      const types: string[] = [];
      const onEvent = ({ type }: { type: string }) => void types.push(type);
      const handle =
        who === "supervise"
          ? supervise(launcher, { ...options, onEvent }, system)
          : superviseTree({ children: [{ id: "a", launcher, ...options }] }, { onEvent }, system);
      await system.settle();
      let isOver = false;
      const stopped = handle.stop().then(() => {
        isOver = true;
      });
      await system.settle();
      expect(types.at(-1)).toBe("exited");
      gone[0]?.();
      await system.settle();
      expect(isOver).toBe(false);
      gone[1]?.();
      await stopped;
      await handle.outcome;
      expect(types.at(-1)).toBe("ended");
      expect(system.pendingTimers).toBe(0);
    },
  );

  it("whose discard() rejects, or throws, does not hold the end up", async () => {
    const system = manualSystem();
    const how = [
      () => Promise.reject(new Error("no")),
      () => {
        throw new Error("no");
      },
    ];
    const launcher: Launcher = {
      launch: (info) => scriptedLauncher(system, [{}]).launch(info),
      prepare: ({ standby }) => ({
        up: Promise.resolve(),
        gone: new Promise(() => {}),
        discard: how[standby - 1] as () => unknown,
      }),
    };
    const policy = restartOn("permanent");
    const handle = supervise(launcher, { policy, standby: 2 }, system);
    const failed: string[] = [];
    handle.on((event) => {
      if (event.type === "callback-failed") failed.push(event.callback);
    });
    await system.settle();
    handle.pause();
    await system.settle();
    expect(failed).toEqual(["discard", "discard"]);
    expect((await handle.stop()).type).toBe("stopped");
  });

  it("of a launcher without prepare() is refused by name", () => {
    expect(() => stage({ standby: 1 })).toThrow(/supervise: standby must be 0 or left out/);
  });
});

describe("a child that announces itself", () => {
  it("is launched and ready when it says so; one that never was is neither", async () => {
    const system = manualSystem();
    const types: string[] = [];
    const scripted = scriptedLauncher(system, [
      { runMs: 5, exit: { kind: "spawn-failed", error: new Error("ENOENT") } },
      { says: [{ afterMs: 7, signal: { type: "launched", pid: 9 } }] },
    ]);
    const launcher: Launcher = {
      launch: (info) => ({ ...scripted.launch(info), announces: true }),
    };
    const onEvent = ({ type, at }: { type: string; at: number }) =>
      void types.push(`${at} ${type}`);
    const policy = restartOn("permanent");
    const handle = supervise(launcher, { policy, onEvent, healthyAfterMs: 0 }, system);
    await system.advance(20);
    expect(types).toEqual(["5 exited", "5 delayed", "12 launched", "12 ready", "12 healthy"]);
    expect(handle.status().pid).toBe(9);
    await handle.stop();
  });
});

describe("diagnostics_channel", () => {
  it("has what listeners have, for whoever subscribes, and nothing is made for nobody", async () => {
    const published: unknown[] = [];
    const hear = (message: unknown) => void published.push(message);
    channel("steadfast:event").subscribe(hear);
    const set = stage({ script: [{ runMs: 1 }], policy: restartOn("transient") });
    await set.system.advance(1);
    channel("steadfast:event").unsubscribe(hear);
    expect(published).toEqual(set.events);
    expect(published).not.toHaveLength(0);
  });

  it("also where nobody listens otherwise, and after the first turn", async () => {
    const system = manualSystem();
    const handle = supervise(
      scriptedLauncher(system, []),
      { policy: restartOn("permanent") },
      system,
    );
    await Promise.resolve();
    const published: string[] = [];
    const hear = (message: unknown) => void published.push((message as { type: string }).type);
    channel("steadfast:event").subscribe(hear);
    await handle.stop();
    channel("steadfast:event").unsubscribe(hear);
    expect(published).toEqual(["stopping", "exited", "ended"]);
  });
});

describe("a callback of another realm", () => {
  it("whose promise rejects is one that failed: nothing gets out", async () => {
    const { runInNewContext } = await import("node:vm");
    const foreign = runInNewContext(
      "async () => { throw new Error('foreign') }",
    ) as () => Promise<void>;
    const set = stage({ journal: foreign as never });
    set.handle.on(foreign as never);
    set.handle.reset();
    await set.system.settle();
    const failed = set.events.filter(({ type }) => type === "callback-failed");
    expect(failed.map((event) => "callback" in event && event.callback)).toEqual([
      "journal",
      "listener",
    ]);
  });
});
