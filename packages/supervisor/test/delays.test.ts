// When a launch happens: at exactly the instant that the policy's answer means, and not before.

import { launch } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type Launcher, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { answers, delay } from "./policies.js";
import { crashes, crashLoop, stage } from "./stage.js";

const DAY = 86_400_000;

describe("the first launch", () => {
  it("happens before supervise returns", () => {
    const { launcher, handle, told, system } = stage();
    expect(launcher.launchedAt).toEqual([0]);
    expect(handle.status().status).toBe("ready");
    expect(told()).toEqual(["0 launched", "0 ready"]);
    expect(system.pendingTimers).toBe(1); // for `healthy`
  });

  it("waits if the policy says so, although start never should", async () => {
    const { launcher, system, told } = stage({ policy: answers(launch(5)) });
    expect(launcher.launchedAt).toEqual([]);
    await system.advance(4);
    expect(launcher.launchedAt).toEqual([]);
    await system.advance(1);
    expect(launcher.launchedAt).toEqual([5]);
    expect(told()).toEqual(["0 delayed", "5 launched", "5 ready"]);
  });
});

interface Row {
  readonly why: string;
  readonly delayMs: number;
  /** From the exit to the launch. */
  readonly waits: number;
}

const rows: readonly Row[] = [
  { why: "no delay: at the same instant", delayMs: 0, waits: 0 },
  { why: "the smallest fraction is rounded up", delayMs: Number.MIN_VALUE, waits: 1 },
  { why: "a fraction is rounded up", delayMs: 0.5, waits: 1 },
  { why: "just above a whole number", delayMs: 1.0000000001, waits: 2 },
  { why: "a whole number stays", delayMs: 200, waits: 200 },
  { why: "the longest timer", delayMs: 2 ** 31 - 1, waits: 2 ** 31 - 1 },
  { why: "one above it: Node would fire after 1 ms", delayMs: 2 ** 31, waits: 2 ** 31 },
  { why: "a chain of exactly two timers", delayMs: 2 ** 32 - 2, waits: 2 ** 32 - 2 },
  { why: "and one more", delayMs: 2 ** 32 - 1, waits: 2 ** 32 - 1 },
  { why: "30 days", delayMs: 30 * DAY, waits: 30 * DAY },
  { why: "400 days", delayMs: 400 * DAY, waits: 400 * DAY },
];

describe("a restart delay runs from the exit: one before it nothing, at it a launch", () => {
  it.each(rows)("$why ($delayMs)", async ({ delayMs, waits }) => {
    const { system, launcher, handle, events } = stage({
      script: crashes(50),
      policy: delay(delayMs),
    });
    await system.advance(50);
    if (waits > 0) {
      expect(handle.status().waiting).toEqual({
        for: "delay",
        until: 50 + waits,
        cause: "restart",
      });
      await system.advance(waits - 1);
      expect(launcher.launchedAt).toEqual([0]);
      await system.advance(1);
    }
    expect(launcher.launchedAt).toEqual([0, 50 + waits]);
    expect(events.find(({ type }) => type === "delayed")).toMatchObject({
      at: 50,
      until: 50 + waits,
      delayMs,
    });
  });

  it("is rounded up once, however often the timer rings on the way", async () => {
    const system = manualSystem({ now: 1 });
    const { launcher } = stage({ system, script: crashes(0), policy: delay(2 ** 32 + 0.25) });
    await system.advance(2 ** 33);
    expect(launcher.launchedAt).toEqual([1, 2 + 2 ** 32]);
  });

  it("counts from whole instants: a fraction of the clock is rounded down first", async () => {
    const system = manualSystem({ now: 10.75 });
    const { launcher, told } = stage({ system, script: crashes(0), policy: delay(5) });
    await system.advance(20);
    expect(told()[0]).toBe("10 launched");
    // The clock says 10.75, the instant is 10, so 15 is meant: reached at 15.75, never at 14.75.
    expect(launcher.launchedAt[1]).toBe(15.75);
  });
});

describe("a child whose rest was seen out", () => {
  function lingering(lingeredMs: () => number) {
    const system = manualSystem();
    const scripted = scriptedLauncher(system, [{ runMs: 1_000, exit: { kind: "failed" } }]);
    const launcher: Launcher = {
      launch: (info) => ({ ...scripted.launch(info), lingeredMs }),
    };
    const handle = supervise(launcher, { policy: delay(800) }, system);
    return { system, scripted, handle };
  }

  it("is launched again at the delay after its own end", async () => {
    const { system, scripted, handle } = lingering(() => 500.9);
    await system.advance(1_299);
    expect(scripted.launchedAt).toEqual([0]);
    await system.advance(1);
    expect(scripted.launchedAt).toEqual([0, 1_300]);
    await handle.stop();
  });

  it.each([
    () => -1,
    () => Number.NaN,
    () => {
      throw new Error("x");
    },
  ])("a launcher that does not know how long is broken: %s", async (lingeredMs) => {
    const { system, handle } = lingering(lingeredMs);
    await system.advance(1_000);
    expect((await handle.outcome).type).toBe("failed");
  });
});

describe("delays beyond every clock", () => {
  it.each([Number.MAX_SAFE_INTEGER, 2 ** 60, Number.MAX_VALUE])("%s waits for ever", async (ms) => {
    const { system, launcher, handle } = stage({ script: crashes(1), policy: delay(ms) });
    await system.advance(2 * 2 ** 31);
    expect(launcher.launchedAt).toEqual([0]);
    expect(handle.status().waiting?.until).toBe(Number.MAX_SAFE_INTEGER);
    expect(system.pendingTimers).toBe(1);
    await handle.stop();
    expect(system.pendingTimers).toBe(0);
  });

  it("2^53-1 is an instant like any other, if the clock gets there", async () => {
    const system = manualSystem({ now: Number.MAX_SAFE_INTEGER - 10 });
    const { launcher } = stage({ system, script: crashes(0), policy: delay(5) });
    await system.advance(5);
    expect(launcher.launchedAt).toEqual([
      Number.MAX_SAFE_INTEGER - 10,
      Number.MAX_SAFE_INTEGER - 5,
    ]);
  });
});

describe("a loop without delay", () => {
  it("launches at the same instant, each time in a turn of its own", async () => {
    const { system, launcher } = stage({ script: crashes(0, 0, 0, 0), policy: delay(0) });
    expect(launcher.launchedAt).toHaveLength(1);
    let turns = 0;
    while (launcher.launchedAt.length < 5) {
      const before = launcher.launchedAt.length;
      expect(await system.next()).toBe(true);
      turns++;
      expect(launcher.launchedAt.length - before).toBeLessThanOrEqual(1);
    }
    expect(turns).toBeGreaterThanOrEqual(4);
    expect(launcher.launchedAt).toEqual([0, 0, 0, 0, 0]);
  });

  it("crashes every 10 ms for a day, and holds one timer", async () => {
    const { system, launcher } = stage({ script: crashLoop(10), policy: delay(9_990) });
    let most = 0;
    for (let round = 0; round < 1_000; round++) {
      await system.next();
      most = Math.max(most, system.pendingTimers);
    }
    expect(launcher.launchedAt.slice(0, 4)).toEqual([0, 10_000, 20_000, 30_000]);
    expect(launcher.launchedAt.length).toBeGreaterThan(300);
    expect(most).toBeLessThanOrEqual(2); // the child's and the alarm's
  });
});
