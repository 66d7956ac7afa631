// A machine that is suspended, in a test: its monotonic clock stands still, its uptime goes on, in steps.

import { isPolicyOptionsError } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realSystem, supervise } from "../src/index.js";
import { type SuspendAwareOptions, suspendAwareSystem } from "../src/node.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashLoop } from "./stage.js";

const STARTED = 5_000;

/** `stepMs`: what the uptime is rounded down to. */
function machine(stepMs = 10, options: SuspendAwareOptions = {}) {
  const base = manualSystem({ now: STARTED });
  const bootedMs = 12_345.678;
  let sleptMs = 0;
  const uptime = () =>
    (Math.floor((bootedMs + base.now - STARTED + sleptMs) / stepMs) * stepMs) / 1_000;
  const system = suspendAwareSystem({ uptime, system: base, ...options });
  return {
    base,
    system,
    suspend(ms: number) {
      sleptMs += ms;
    },
    /** What the clock would say if nothing were rounded. */
    truth: () => base.now + sleptMs,
  };
}

describe("the clock", () => {
  it.each([1, 10, 1_000])("counts a suspend, with an uptime in steps of %d ms", (stepMs) => {
    const { system, suspend, truth } = machine(stepMs);
    expect(system.clock()).toBe(STARTED);
    suspend(3_600_000);
    expect(Math.abs(system.clock() - truth())).toBeLessThanOrEqual(stepMs);
  });

  it.each([
    [999, false],
    [1_000, false],
    [1_001, true],
  ])("a suspend of %d ms is noticed: %j", (ms, noticed) => {
    const { system, suspend } = machine(1);
    system.clock();
    suspend(ms);
    expect(system.clock()).toBe(STARTED + (noticed ? ms : 0));
  });

  it("short suspends add up, and are noticed together", () => {
    const { system, suspend } = machine(1);
    suspend(600);
    expect(system.clock()).toBe(STARTED);
    suspend(600);
    expect(system.clock()).toBe(STARTED + 1_200);
  });

  it("never goes back, is whole, and is right within the steps, whatever happens", async () => {
    let suspends = 0;
    const story = fc.array(
      fc.tuple(
        fc.constantFrom("run", "suspend"),
        fc.oneof(fc.nat(50), fc.nat(3_000), fc.nat(86_400_000)),
      ),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(story, fc.constantFrom(1, 10, 16, 1_000), async (steps, stepMs) => {
        const { base, system, suspend, truth } = machine(stepMs);
        let before = system.clock();
        for (const [what, ms] of steps) {
          if (what === "run") await base.advance(ms);
          else suspend(ms);
          if (what === "suspend" && ms > 2_000) suspends++;
          const now = system.clock();
          expect(Number.isInteger(now)).toBe(true);
          expect(now).toBeGreaterThanOrEqual(before);
          expect(now).toBeLessThanOrEqual(truth() + stepMs);
          expect(now).toBeGreaterThanOrEqual(truth() - 1_000 - stepMs);
          before = now;
        }
      }),
    );
    expect(suspends).toBeGreaterThan(100);
  });

  it("that counts suspend by itself, as on macOS, is not counted twice", () => {
    const base = manualSystem({ now: STARTED });
    const uptime = () => (base.now - STARTED) / 1_000;
    const system = suspendAwareSystem({ uptime, system: base });
    base.jump(STARTED + 3_600_000);
    expect(system.clock()).toBe(STARTED + 3_600_000);
  });

  it("does not take a clock that goes back for a suspend", () => {
    const base = manualSystem({ now: STARTED });
    const system = suspendAwareSystem({ uptime: () => 5, system: base });
    base.jump(0);
    expect(system.clock()).toBe(STARTED);
  });

  it("does not take its own lateness between two readings for a suspend", () => {
    let now = STARTED;
    let uptimeS = 0;
    let late = 0;
    const base = {
      ...manualSystem(),
      // The host is stopped after each reading of one, before that of the other.
      clock() {
        const reading = now;
        now += late;
        uptimeS += late / 1_000;
        return reading;
      },
    };
    late = 60_000;
    const system = suspendAwareSystem({
      system: base,
      uptime() {
        const reading = uptimeS;
        now += late;
        uptimeS += late / 1_000;
        return reading;
      },
    });
    late = 0;
    expect(system.clock()).toBe(now);
    late = 60_000;
    const readings = [system.clock(), system.clock(), system.clock()];
    late = 0;
    expect(system.clock()).toBe(now);
    expect(readings).toEqual([...readings].sort((a, b) => a - b));
  });

  it.each<[name: string, uptime: () => number]>([
    ["goes back", () => -1e9],
    ["answers nothing", () => Number.NaN],
    ["is endless", () => Number.POSITIVE_INFINITY],
    ["answers no number", () => "5" as unknown as number],
    [
      "throws",
      () => {
        throw new Error("ERR_SYSTEM_ERROR");
      },
    ],
  ])("goes on by itself where the uptime %s later", async (_, broken) => {
    let isBroken = false;
    let uptimeMs = 0;
    const base = manualSystem({ now: STARTED });
    const uptime = () => (isBroken ? broken() : uptimeMs / 1_000);
    const system = suspendAwareSystem({ uptime, system: base });
    uptimeMs = 3_600_000;
    expect(system.clock()).toBe(STARTED + 3_600_000);
    isBroken = true;
    await base.advance(250);
    expect(system.clock()).toBe(STARTED + 3_600_250);
    isBroken = false;
    uptimeMs = 7_200_250;
    expect(system.clock()).toBe(STARTED + 7_200_250);
  });

  it("that is no number is the supervisor's to judge", async () => {
    const base = manualSystem();
    let reading = 0;
    const system = suspendAwareSystem({ system: { ...base, clock: () => reading } });
    const launcher = scriptedLauncher(base, []);
    const { outcome } = supervise(launcher, { policy: delay(0), gracePeriodMs: 5 }, system);
    reading = Number.NaN;
    await base.advance(20_000);
    expect((await outcome).type).toBe("failed");
  });
});

describe("a wait", () => {
  async function launches(sleepMs: number, awakeMs: number, lookEveryMs = 10_000) {
    const { base, system, suspend } = machine(10, { lookEveryMs });
    const launcher = scriptedLauncher(base, crashLoop(0));
    const handle = supervise(launcher, { policy: delay(600_000) }, system);
    await base.advance(60_000);
    suspend(sleepMs);
    await base.advance(awakeMs);
    const count = launcher.launchedAt.length;
    await handle.stop();
    expect(base.pendingTimers).toBe(0);
    return count;
  }

  it.each<[sleepMs: number, awakeMs: number, launches: number]>([
    [0, 539_999, 1],
    [0, 540_000, 2],
    [540_000, 10_000, 2],
    [86_400_000, 10_000, 2],
    [530_000, 9_000, 1],
    [530_000, 10_020, 2],
  ])(
    "of ten minutes, one of them awake, %d ms asleep, then %d ms awake: %d launches",
    async (...row) => {
      const [sleepMs, awakeMs, count] = row;
      expect(await launches(sleepMs, awakeMs)).toBe(count);
    },
  );

  it("that became due in a suspend is noticed within `lookEveryMs`", async () => {
    expect(await launches(86_400_000, 249, 250)).toBe(1);
    expect(await launches(86_400_000, 250, 250)).toBe(2);
  });

  it("may be as long as it likes", async () => {
    const { base, system } = machine(10, { lookEveryMs: 2 ** 31 - 1 });
    const launcher = scriptedLauncher(base, crashLoop(0));
    const handle = supervise(launcher, { policy: delay(30 * 86_400_000) }, system);
    await base.advance(30 * 86_400_000 - 1);
    expect(launcher.launchedAt.length).toBe(1);
    await base.advance(1);
    expect(launcher.launchedAt.length).toBe(2);
    await handle.stop();
  });

  it("of a child is not judged by a suspend: one fresh period", async () => {
    const { base, system, suspend } = machine();
    const says = [{ afterMs: 1_000, signal: { type: "heartbeat" } }] as const;
    const launcher = scriptedLauncher(base, [{ says }]);
    const handle = supervise(launcher, { policy: delay(0), heartbeatTimeoutMs: 30_000 }, system);
    await base.advance(2_000);
    suspend(3_600_000);
    await base.advance(11_000);
    expect(launcher.attempts[0]?.stops).toEqual([]);
    await base.advance(30_000);
    expect(launcher.attempts[0]?.stops).toMatchObject([{ reason: "heartbeat-stale" }]);
    await handle.stop();
  });
});

describe("by default", () => {
  it("is the real system, with the machine's uptime", () => {
    const system = suspendAwareSystem();
    const before = Math.floor(realSystem.clock());
    const now = system.clock();
    expect(now).toBeGreaterThanOrEqual(before);
    // The machine of the test may be suspended just here, and then the clock runs ahead, as it should.
    expect(now - before).toBeLessThan(86_400_000);
    expect(system.random()).toBeLessThan(1);
    expect(Math.abs((system.wall?.() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("has no wall clock of its own", () => {
    const { wall: _, ...base } = { ...manualSystem(), wall: undefined };
    expect("wall" in suspendAwareSystem({ system: base })).toBe(false);
  });
});

it.each<[options: object, words: string]>([
  [{ uptime: 5 }, "suspendAwareSystem: uptime must be a function, got 5"],
  [
    { uptime: () => Number.NaN },
    "suspendAwareSystem: uptime must be a function that answers seconds, got NaN",
  ],
  [
    { lookEveryMs: 0 },
    "suspendAwareSystem: lookEveryMs must be a whole number from 1 to 2147483647, got 0",
  ],
  [{ system: 5 }, "suspendAwareSystem: system must be a system, got 5"],
])("refuses %j", (options, words) => {
  let error: unknown;
  try {
    suspendAwareSystem(options as SuspendAwareOptions);
  } catch (caught) {
    error = caught;
  }
  expect(isPolicyOptionsError(error)).toBe(true);
  expect((error as Error).message).toBe(words);
});
