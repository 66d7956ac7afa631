// What the loop makes of the slot's commands: readiness, health, heartbeats, suspend, escalation,
// abandoning, and what a child says after it is gone.

import { restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type ChildSignal, type SupervisorEvent, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { stage } from "./stage.js";
import { expectNothingLeft } from "./states.js";

const NEVER = Number.POSITIVE_INFINITY;
const says = (type: "ready" | "not-ready" | "heartbeat", ...afterMs: number[]) =>
  afterMs.map((ms) => ({ afterMs: ms, signal: { type } satisfies ChildSignal }));

function exitOf(events: readonly SupervisorEvent[]) {
  return events.find((event) => event.type === "exited");
}

describe("readiness", () => {
  it("nobody is healthy who could not start, also when that is known within a tick", async () => {
    // Found by `pnpm laws`, seed 786990694: the tick that abandons the old child starts the next one.
    const set = stage({
      script: [{ stopMs: NEVER, killMs: NEVER }, { throws: "no" }],
      policy: delay(1_000),
      gracePeriodMs: 10,
      abandonAfterMs: 10,
      healthyAfterMs: 0,
    });
    set.handle.restart();
    await set.system.advance(20);
    expect(set.told().filter((told) => told.startsWith("20"))).toEqual([
      "20 abandoned",
      "20 exited",
      "20 exited",
      "20 delayed",
    ]);
  });

  it("immediate: ready at the launch; of a child that could not start nobody says so", async () => {
    const set = stage({ script: [{ cannotStart: "no" }, { throws: "no" }], policy: delay(10) });
    await set.system.advance(20);
    expect(set.told()).toEqual([
      "0 launched", // a child that is refused by an exit was launched; one that throws was not
      "0 ready",
      "0 exited",
      "0 delayed",
      "10 exited",
      "10 delayed",
      "20 launched",
      "20 ready",
    ]);
  });

  it("explicit: when the child says so, once; and again after it said it was not", async () => {
    const set = stage({
      readiness: "explicit",
      script: [
        { says: [...says("ready", 5, 6), ...says("not-ready", 10, 11), ...says("ready", 15)] },
      ],
    });
    await set.system.advance(20);
    expect(set.told()).toEqual(["0 launched", "5 ready", "10 not-ready", "15 ready"]);
  });

  it("not in time: at exactly the limit it is ended, as timed out", async () => {
    const set = stage({
      readiness: "explicit",
      readyTimeoutMs: 1_000,
      script: [{}],
      policy: delay(50),
    });
    await set.system.advance(999);
    expect(set.types()).toEqual(["launched"]);
    await set.system.advance(1);
    expect(set.told().slice(1)).toEqual(["1000 stopping", "1000 exited", "1000 delayed"]);
    expect(exitOf(set.events)).toMatchObject({
      exit: { kind: "timed-out", afterMs: 1_000, ended: { kind: "cancelled" } },
      failed: true,
      uptimeMs: 1_000,
      ordered: false,
    });
    await set.system.advance(50);
    expect(set.launcher.launchedAt).toEqual([0, 1_050]);
  });

  it("just in time: one before the limit it stays", async () => {
    const set = stage({
      readiness: "explicit",
      readyTimeoutMs: 1_000,
      script: [{ says: says("ready", 999) }],
    });
    await set.system.advance(5_000);
    expect(set.told()).toEqual(["0 launched", "999 ready"]);
  });

  it("stop while starting is legal, and ends it", async () => {
    const set = stage({ readiness: "explicit" });
    expect((await set.handle.stop()).type).toBe("stopped");
    await expectNothingLeft(set);
  });
});

describe("healthy", () => {
  it("is told once per attempt, ready and so old (default 10 000)", async () => {
    const set = stage({ script: [{ runMs: 30_000 }, { runMs: 9_999 }] });
    await set.system.advance(60_000);
    const healthy = set.told().filter((told) => told.endsWith("healthy"));
    expect(healthy).toEqual(["10000 healthy", "49999 healthy"]);
    const told = set.journal.filter(({ event }) => event.type === "healthy").map(({ at }) => at);
    expect(told).toEqual([10_000, 49_999]);
  });

  it("0: in the turn after the launch", async () => {
    const set = stage({ healthyAfterMs: 0 });
    expect(set.types()).not.toContain("healthy");
    await set.system.settle();
    expect(set.told()).toEqual(["0 launched", "0 ready", "0 healthy"]);
  });

  it("an exit at the very instant comes first if it is there first", async () => {
    const set = stage({ script: [{ runMs: 100 }], healthyAfterMs: 100, policy: delay(5) });
    await set.system.advance(100);
    expect(set.types()).not.toContain("healthy");
  });
});

describe("heartbeats", () => {
  it("stale at exactly the limit: asked to stop, judged unhealthy", async () => {
    const set = stage({ heartbeatTimeoutMs: 100, script: [{ says: says("heartbeat", 10, 50) }] });
    await set.system.advance(149);
    expect(set.types()).toEqual(["launched", "ready"]);
    await set.system.advance(1);
    expect(set.told().slice(2, 4)).toEqual(["150 stopping", "150 exited"]);
    expect(exitOf(set.events)).toMatchObject({
      exit: { kind: "unhealthy", reason: "heartbeat-stale" },
      failed: true,
    });
  });

  it("a child that never sent one is not judged", async () => {
    const set = stage({ heartbeatTimeoutMs: 100 });
    await set.system.advance(1_000_000);
    expect(set.launcher.launchedAt).toEqual([0]);
  });

  it("keep it alive as long as they come", async () => {
    const beats = Array.from({ length: 100 }, (_, i) => (i + 1) * 99);
    const set = stage({ heartbeatTimeoutMs: 100, script: [{ says: says("heartbeat", ...beats) }] });
    await set.system.advance(9_999);
    expect(set.types()).not.toContain("stopping");
    await set.system.advance(1);
    expect(set.types()).toContain("stopping");
  });
});

describe("the host sleeps (a suspend, a blocked event loop)", () => {
  it("a late look judges nobody: one fresh grace period, in which the child can say something", async () => {
    const set = stage({ heartbeatTimeoutMs: 100, script: [{ says: says("heartbeat", 10) }] });
    await set.system.advance(50);
    set.system.jump(3_600_000);
    await set.system.settle();
    expect(set.types()).not.toContain("stopping");
    set.launcher.say({ type: "heartbeat" });
    await set.system.advance(99);
    expect(set.types()).not.toContain("stopping");
    await set.system.advance(1);
    expect(set.types()).toContain("stopping");
  });

  it("one, not two: who says nothing in it is ended", async () => {
    const set = stage({ heartbeatTimeoutMs: 100, script: [{ says: says("heartbeat", 10) }] });
    await set.system.advance(50);
    set.system.jump(3_600_000);
    await set.system.advance(99);
    expect(set.types()).not.toContain("stopping");
    await set.system.advance(1);
    expect(set.told()).toContain("3600100 stopping");
  });

  it("the grace period of a stop starts afresh as well, once", async () => {
    const set = stage({ script: [{ stopMs: NEVER }], gracePeriodMs: 1_000 });
    void set.handle.stop();
    set.system.jump(60_000);
    await set.system.settle();
    expect(set.types()).not.toContain("killing");
    await set.system.advance(999);
    expect(set.types()).not.toContain("killing");
    await set.system.advance(1);
    expect(set.told()).toContain("61000 killing");
    await expectNothingLeft(set);
  });

  it("of many waits that were slept over, each happens once", async () => {
    const set = stage({ script: [{ runMs: 5 }, { runMs: 5 }], policy: delay(1_000) });
    await set.system.advance(10);
    set.system.jump(10_000_000);
    await set.system.settle();
    expect(set.launcher.launchedAt).toEqual([0, 10_000_000]);
  });
});

describe("escalation", () => {
  it("asks, forces after the grace period, gives up after the abandon period", async () => {
    const set = stage({
      script: [{ stopMs: NEVER, killMs: NEVER }],
      gracePeriodMs: 100,
      abandonAfterMs: 30,
    });
    await set.system.advance(7);
    void set.handle.stop();
    await set.system.advance(129);
    expect(set.types()).not.toContain("abandoned");
    await set.system.advance(1);
    expect(set.told().slice(2)).toEqual([
      "7 stopping",
      "107 killing",
      "137 abandoned",
      "137 exited",
      "137 ended",
    ]);
    const [attempt] = set.launcher.attempts;
    expect(attempt).toMatchObject({
      stops: [{ at: 7, reason: "stop" }],
      kills: [107],
      abandonedAt: 137,
    });
    expect(await set.handle.outcome).toMatchObject({ lastExit: { kind: "abandoned" } });
    await expectNothingLeft(set);
  });

  it("by default takes 5 s and 5 s", async () => {
    const set = stage({ script: [{ stopMs: NEVER, killMs: NEVER }] });
    void set.handle.stop();
    await set.system.advance(10_000);
    expect(set.told().slice(2, 5)).toEqual(["0 stopping", "5000 killing", "10000 abandoned"]);
  });

  it("without a grace period asks and forces in one breath", async () => {
    const set = stage({ script: [{ stopMs: NEVER, killMs: 5 }], gracePeriodMs: 0 });
    void set.handle.stop();
    expect(set.told().slice(2)).toEqual(["0 stopping", "0 killing"]);
    await set.system.advance(5);
    expect(set.launcher.attempts[0]).toMatchObject({ kills: [0], exitedAt: 5, abandonedAt: null });
  });

  it("does in one turn what is due at one instant", async () => {
    let rings = 0;
    const set = stage({
      script: [{ stopMs: NEVER, killMs: NEVER }],
      gracePeriodMs: 10,
      abandonAfterMs: 0,
      as: ({ clock, random, timers }) => ({
        clock,
        random,
        timers: {
          ...timers,
          set: (run, ms) =>
            timers.set(() => {
              rings++;
              run();
            }, ms),
        },
      }),
    });
    void set.handle.stop();
    await set.system.advance(10);
    expect(set.told().slice(3)).toEqual(["10 killing", "10 abandoned", "10 exited", "10 ended"]);
    expect(rings).toBe(1);
  });

  it("a child without `abandon` is given up without a word to it", async () => {
    const system = manualSystem();
    const scripted = scriptedLauncher(system, [{ stopMs: NEVER, killMs: NEVER }]);
    const types: string[] = [];
    const handle = supervise(
      {
        launch(info) {
          const { abandon: _, ...simple } = scripted.launch(info);
          return simple;
        },
      },
      { policy: restartOn("permanent"), onEvent: ({ type }) => void types.push(type) },
      system,
    );
    void handle.stop();
    await system.advance(10_000);
    expect((await handle.outcome).lastExit).toEqual({ kind: "abandoned" });
    expect(types.slice(2)).toEqual(["stopping", "killing", "abandoned", "exited", "ended"]);
  });

  it("is over as soon as the child is gone, at any step", async () => {
    for (const [stopMs, killMs, exitsAt] of [
      [30, NEVER, 30],
      [NEVER, 30, 5_030],
      [5_000, NEVER, 5_000],
    ] as const) {
      const set = stage({ script: [{ stopMs, killMs }] });
      void set.handle.stop();
      await set.system.advance(exitsAt);
      expect(set.told().at(-1)).toBe(`${exitsAt} ended`);
      await expectNothingLeft(set);
    }
  });

  it("a second abort of the same signal kills at once", async () => {
    const set = stage({ script: [{ stopMs: NEVER, killMs: NEVER }] });
    const { signal } = set.controller;
    set.controller.abort();
    await set.system.advance(100);
    signal.dispatchEvent(new Event("abort"));
    expect(set.told().slice(2)).toEqual(["0 stopping", "100 killing"]);
    signal.dispatchEvent(new Event("abort"));
    expect(set.launcher.attempts[0]?.kills).toEqual([100]);
    await set.system.advance(5_000);
    expect(set.told().at(-1)).toBe("5100 ended");
    await expectNothingLeft(set);
  });
});

describe("a generation that is gone", () => {
  const ghost = { stopMs: NEVER, killMs: NEVER };
  const patience = { gracePeriodMs: 10, abandonAfterMs: 10 };

  it("its late exit and signals are told as stale, and have no effect", async () => {
    const set = stage({
      script: [{ ...ghost, runMs: 100, says: says("heartbeat", 50) }, {}],
      ...patience,
    });
    set.handle.restart();
    await set.system.advance(20);
    expect(set.launcher.launchedAt).toEqual([0, 20]);
    const before = set.handle.status();
    const journalled = set.journal.length;
    await set.system.advance(80);
    const stale = set.events.filter((event) => event.type === "stale");
    expect(stale).toMatchObject([
      { at: 50, report: "heartbeat", generation: 0, attempt: 1 },
      { at: 100, report: "exited", generation: 0, attempt: 1 },
    ]);
    expect(set.journal.length).toBe(journalled);
    expect(before.abandoned).toBe(1);
    // It is seen to be gone, and counts no more as one that is still about.
    expect({ ...set.handle.status(), uptimeMs: 0 }).toEqual({
      ...before,
      uptimeMs: 0,
      abandoned: 0,
    });
    await set.handle.stop();
    await expectNothingLeft(set);
  });

  it("after the end nothing of it is told", async () => {
    const set = stage({ script: [{ ...ghost, runMs: 100 }], ...patience });
    void set.handle.stop();
    await set.system.advance(1_000);
    expect(set.types().at(-1)).toBe("ended");
  });
});

describe("events name the attempt they are about", () => {
  it("also when one act ends one generation and begins the next", async () => {
    const set = stage({ script: [{ runMs: 50 }, {}, { stopMs: NEVER, killMs: NEVER }] });
    await set.system.advance(50);
    set.handle.restart();
    await set.system.settle();
    set.handle.restart();
    await set.system.advance(10_000);
    void set.handle.stop();
    await set.system.settle();
    const seen = set.events.map(({ type, attempt, generation }) => {
      expect(generation).toBe(attempt - 1);
      return `${type} ${attempt}`;
    });
    expect(seen).toEqual([
      "launched 1",
      "ready 1",
      "exited 1",
      "delayed 1",
      "launched 2",
      "ready 2",
      "fence 2",
      "stopping 2",
      "exited 2",
      "launched 3",
      "ready 3",
      "fence 3",
      "stopping 3",
      "killing 3",
      "abandoned 3",
      "exited 3",
      "launched 4",
      "ready 4",
      "stopping 4",
      "exited 4",
      "ended 4",
    ]);
  });

  it("a pid is told with the launch, where there is one", () => {
    const set = stage({ script: [{ pid: 4_711 }] });
    expect(set.events[0]).toMatchObject({ type: "launched", pid: 4_711 });
    expect(stage().events[0]).not.toHaveProperty("pid");
  });
});
