// Clocks and timers that misbehave. Going back, jumping and standing still are legal: the alarm copes.
// Answers that are no time, and timers that cannot be set, end the supervision: never a hang.

import { describe, expect, it } from "vitest";
import { isContractError, type System } from "../src/index.js";
import { type ManualSystem, manualSystem } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashes, stage } from "./stage.js";

const NEVER = Number.POSITIVE_INFINITY;

describe("a clock that jumps", () => {
  it("forwards, over the instant: the launch happens when the timer rings, once", async () => {
    const { system, launcher } = stage({ script: crashes(0), policy: delay(100) });
    await system.settle();
    system.jump(5_000);
    await system.settle();
    expect(launcher.launchedAt).toEqual([0, 5_000]);
  });

  it("backwards: it stands still until it has caught up, so the wait is not shortened", async () => {
    const { system, launcher, handle } = stage({ script: crashes(0), policy: delay(100) });
    await system.advance(60);
    system.jump(10);
    await system.advance(89);
    expect(launcher.launchedAt).toEqual([0]);
    await system.advance(1);
    expect(launcher.launchedAt).toEqual([0, 100]);
    expect(handle.status().waiting).toBeNull();
  });

  it("backwards for years: the events' instants never go back, and stop works", async () => {
    const { system, events, handle } = stage({ script: crashes(10, 10, 10), policy: delay(5) });
    await system.advance(12);
    system.jump(-1e12);
    await system.advance(50);
    await handle.stop();
    const instants = events.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted((one, other) => one - other));
    expect(system.pendingTimers).toBe(0);
  });

  it("stands still: nothing becomes due, and no timer spins", async () => {
    let rang = 0;
    const frozen = (system: ManualSystem): System => ({
      ...system,
      clock: () => 0,
      timers: {
        ...system.timers,
        set: (callback, ms) =>
          system.timers.set(() => {
            rang++;
            callback();
          }, ms),
      },
    });
    const { system, launcher, handle } = stage({
      script: crashes(0),
      policy: delay(100),
      as: frozen,
    });
    await system.advance(1_000);
    expect(launcher.launchedAt).toEqual([0]);
    expect(rang).toBe(10); // once per 100 ms, not more
    expect((await handle.stop()).type).toBe("stopped");
    expect(system.pendingTimers).toBe(0);
  });
});

describe("timers that are not on time", () => {
  const shifted = (by: (ms: number) => number) => (system: ManualSystem) => ({
    ...system,
    clock: () => system.now,
    timers: {
      ...system.timers,
      set: (run: () => void, ms: number) => system.timers.set(run, by(ms)),
    },
  });

  it("early: the clock is asked, and the timer set again", async () => {
    const { system, launcher } = stage({
      script: crashes(0),
      policy: delay(100),
      as: shifted((ms) => Math.ceil(ms / 2)),
    });
    await system.advance(99);
    expect(launcher.launchedAt).toEqual([0]);
    await system.advance(1);
    expect(launcher.launchedAt).toEqual([0, 100]);
  });

  it("late: the launch is late by as much, and no more", async () => {
    const { system, launcher } = stage({
      script: crashes(0, 0),
      policy: delay(100),
      as: shifted((ms) => ms + 30),
    });
    await system.advance(1_000);
    expect(launcher.launchedAt).toEqual([0, 130, 260]);
  });
});

interface Fault {
  readonly why: string;
  readonly breaks: (system: ManualSystem) => Partial<System>;
  readonly message: RegExp;
}

const clockSays = (answer: unknown) => (): Partial<System> => ({ clock: () => answer as number });

const faults: readonly Fault[] = [
  { why: "NaN", breaks: clockSays(Number.NaN), message: /clock\(\).*NaN/ },
  { why: "Infinity", breaks: clockSays(NEVER), message: /clock\(\).*Infinity/ },
  { why: "2^53", breaks: clockSays(2 ** 53), message: /clock\(\)/ },
  { why: "undefined", breaks: clockSays(undefined), message: /clock\(\)/ },
  { why: "a bigint", breaks: clockSays(1n), message: /clock\(\)/ },
  { why: "a symbol", breaks: clockSays(Symbol("now")), message: /clock\(\)/ },
  {
    why: "a clock that throws",
    breaks: () => ({
      clock: () => {
        throw new Error("boom");
      },
    }),
    message: /clock\(\)/,
  },
  {
    why: "timers that cannot be set",
    breaks: (system) => ({
      timers: {
        ...system.timers,
        set: () => {
          throw new Error("boom");
        },
      },
    }),
    message: /timers\.set\(\)/,
  },
];

/** A system that keeps its contract until `fault` is put into it. */
function breakable(system: ManualSystem) {
  let fault: Partial<System> = {};
  return {
    break: (broken: Partial<System>) => {
      fault = broken;
    },
    clock: () => (fault.clock ?? system.clock)(),
    random: system.random,
    timers: {
      set: (run: () => void, ms: number) => (fault.timers ?? system.timers).set(run, ms),
      clear: (timer: unknown) => system.timers.clear(timer),
    },
  };
}

describe("a system that breaks its contract ends the supervision as failed", () => {
  it.each(faults)("from the start: $why", async ({ breaks, message }) => {
    const { system, handle, launcher, listeners } = stage({
      as: (manual) => ({ ...manual, clock: () => manual.now, ...breaks(manual) }),
    });
    for (let ring = 0; ring < 5; ring++) await system.next();
    const outcome = await handle.outcome;
    expect(outcome.type).toBe("failed");
    if (outcome.type !== "failed") return;
    expect(isContractError(outcome.error) && outcome.error.party).toBe("system");
    expect(String(outcome.error)).toMatch(message);
    expect(String(outcome.error)).toMatch(/^ContractError: system: /);
    expect([launcher.alive, listeners(), system.pendingTimers]).toEqual([0, 0, 0]);
  });

  it.each(faults)("while a child runs that ignores everything: $why", async ({ breaks }) => {
    const manual = manualSystem();
    const system = breakable(manual);
    const { handle, launcher, types } = stage({
      system: manual,
      script: [{ stopMs: NEVER, killMs: NEVER }],
      heartbeatTimeoutMs: 50_000,
      as: () => system,
    });
    system.break(breaks(manual));
    // Its first sign of life, which wants a timer.
    launcher.say({ type: "heartbeat" });
    await manual.advance(100_000);
    expect(await handle.outcome).toMatchObject({ type: "failed", lastExit: { kind: "abandoned" } });
    expect(types().slice(-5)).toEqual(["stopping", "killing", "abandoned", "exited", "ended"]);
    expect([launcher.alive, manual.pendingTimers]).toEqual([0, 0]);
  });

  it.each(faults)("while it waits: $why", async ({ breaks, message }) => {
    const manual = manualSystem();
    const system = breakable(manual);
    const { handle, launcher } = stage({
      system: manual,
      script: crashes(0),
      policy: delay(100),
      as: () => system,
    });
    await manual.settle();
    system.break(breaks(manual));
    await manual.advance(100);
    expect((await handle.outcome).type).toBe("failed");
    // Timers that break are missed only when one is wanted: after the launch at 100.
    const launches = message.test("timers.set()") ? [0, 100] : [0];
    expect([launcher.launchedAt, manual.pendingTimers]).toEqual([launches, 0]);
  });

  it("when a timer cannot be cleared, once one is cleared", async () => {
    const { system, handle } = stage({
      script: [{ runMs: 10 }],
      healthyAfterMs: 20,
      as: (manual) => ({
        ...manual,
        clock: () => manual.now,
        timers: {
          set: manual.timers.set,
          clear: () => {
            throw new Error("boom");
          },
        },
      }),
    });
    await system.advance(30_000);
    expect(await handle.outcome).toMatchObject({
      type: "failed",
      error: { message: "system: timers.clear() threw", cause: { message: "boom" } },
    });
  });

  it("for good: who shares the system, or begins on it later, is told as well", async () => {
    const manual = manualSystem();
    const system = breakable(manual);
    const one = stage({ system: manual, as: () => system });
    const two = stage({ system: manual, as: () => system });
    system.break({ clock: () => Number.NaN });
    expect(one.handle.status().status).toBe("ready"); // a look at the status does not throw
    system.break({});
    await manual.advance(20_000);
    const three = stage({ system: manual, as: () => system });
    for (const { handle } of [one, two, three]) {
      expect((await handle.outcome).type).toBe("failed");
    }
    expect(three.launcher.launchedAt).toEqual([]);
    expect(manual.pendingTimers).toBe(0);
  });

  it.each([0, -0, 1 - Number.EPSILON])("but a draw of %s is one", (draw) => {
    const { launcher } = stage({
      as: (manual) => ({ ...manual, clock: () => manual.now, random: () => draw }),
    });
    expect(launcher.launchedAt).toEqual([0]);
  });

  it.each([-1e-9, 1, 1.5, Number.NaN, "0.5", undefined])("a draw of %s", async (draw) => {
    const { handle, launcher } = stage({
      as: (manual) => ({ ...manual, clock: () => manual.now, random: () => draw as number }),
    });
    expect(await handle.outcome).toMatchObject({ type: "failed", error: { party: "system" } });
    expect(launcher.launchedAt).toEqual([]);
  });

  it.each([Number.NaN, NEVER, undefined])("a wall clock of %s", async (wall) => {
    const { handle } = stage({
      as: (manual) => ({ ...manual, clock: () => manual.now, wall: () => wall as number }),
    });
    expect(await handle.outcome).toMatchObject({ type: "failed", error: { party: "system" } });
  });
});

describe("the wall clock", () => {
  it("is told to the policy and the journal, and decides no wait", async () => {
    let wall = 1e12 + 0.5;
    const { system, launcher, journal } = stage({
      script: crashes(10, 10),
      policy: delay(100),
      as: (manual) => ({ ...manual, clock: () => manual.now, wall: () => wall }),
    });
    await system.advance(50);
    wall = 0;
    await system.advance(60);
    expect(launcher.launchedAt).toEqual([0, 110]);
    expect(journal.map(({ wall: at }) => at)).toEqual([1e12, 1e12, 1e12]);
    await system.advance(10);
    expect(journal.at(-1)?.wall).toBe(0);
  });

  it("is never -0, which JSON cannot hold", () => {
    const { journal } = stage({
      as: (manual) => ({ ...manual, clock: () => manual.now, wall: () => -0 }),
    });
    expect(journal.map(({ wall }) => Object.is(wall, 0))).toEqual([true]);
  });
});
