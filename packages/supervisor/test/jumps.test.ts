// The clock jumps, timers are replaced, and what is due at once has a turn without a timer.

import { describe, expect, it, vi } from "vitest";
import { Alarm, OUT } from "../src/alarm-clock.js";
import { realSystem, type System, supervise } from "../src/index.js";
import { scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashLoop } from "./stage.js";

/** A clock that a test turns; timers that it rings by hand. */
function turned() {
  let reading = 1_000;
  let works: unknown = "one";
  const timers: { callback: () => void; delayMs: number; soon: boolean }[] = [];
  const set = (callback: () => void, delayMs: number, soon = false) => {
    const timer = { callback, delayMs, soon };
    timers.push(timer);
    return timer;
  };
  const system: System = {
    clock: () => reading,
    random: () => 0,
    timers: {
      set,
      clear: (timer) => void timers.splice(timers.indexOf(timer as never), 1),
      soon: (callback) => set(callback, 0, true),
      works: () => works,
    },
  };
  return {
    system,
    timers,
    turn: (to: number) => {
      reading = to;
    },
    replace: (by: unknown) => {
      works = by;
    },
  };
}

describe("a clock that jumps", () => {
  it("ahead and back costs the jump, and no more", () => {
    const { system, turn } = turned();
    const alarm = new Alarm(system);
    expect(alarm.now()).toBe(1_000);
    turn(86_401_000); // a day ahead
    expect(alarm.now()).toBe(86_401_000);
    turn(1_020); // and back
    expect(alarm.now()).toBe(86_401_000);
    turn(1_050);
    expect(alarm.now()).toBe(86_401_030);
  });

  it("beyond the largest whole number stands there", () => {
    const { system, turn } = turned();
    const alarm = new Alarm(system);
    turn(Number.MAX_SAFE_INTEGER);
    alarm.now();
    turn(0);
    alarm.now();
    turn(Number.MAX_SAFE_INTEGER);
    expect(alarm.now()).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("timers that are replaced", () => {
  it("are set again: one that a fake clock took away does not hold up the next", () => {
    const { system, timers, replace } = turned();
    const alarm = new Alarm(system);
    alarm.set(1_010, () => {});
    replace("two");
    alarm.set(5_000, () => {});
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([10]);
    expect(timers).toHaveLength(1);
  });

  it("fake timers in one test do not slow the next one down", async () => {
    vi.useFakeTimers();
    const policy = delay(3_600_000);
    const before = supervise(scriptedLauncher(realSystem, crashLoop(0)), { policy });
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(before.status().attempts).toBeGreaterThan(20);
    const stopped = before.stop();
    vi.useRealTimers();
    await stopped;
    let restarts = 0;
    await new Promise<void>((resolve) => {
      const handle = supervise(scriptedLauncher(realSystem, crashLoop(0)), {
        policy: delay(1),
        onEvent: ({ type }) => {
          if (type !== "launched" || ++restarts < 3) return;
          void handle.stop().then(() => resolve());
        },
      });
    });
    expect(restarts).toBe(3);
  });
});

describe("what is due at once", () => {
  it("does not wait for a timer, and has a turn of its own", () => {
    const { system, timers } = turned();
    const alarm = new Alarm(system);
    const rang: number[] = [];
    alarm.set(1_000, () => void rang.push(1));
    expect(rang).toEqual([]);
    expect(timers.map(({ soon }) => soon)).toEqual([true]);
    timers.shift()?.callback();
    expect(rang).toEqual([1]);
    alarm.set(1_001, () => {});
    expect(timers.map(({ soon }) => soon)).toEqual([false]);
  });

  it("leaves the timer that stands where it is: a crash loop sets none", () => {
    const { system, timers } = turned();
    const alarm = new Alarm(system);
    const entry = { at: 0, turn: 0, place: OUT, ring: () => alarm.move(entry, 11_000) };
    alarm.move(entry, 11_000); // healthy in 10 s
    const standing = timers[0];
    for (let attempt = 0; attempt < 100; attempt++) {
      alarm.move(entry, 1_000); // it ended, and is launched again at once
      expect(timers.map(({ soon }) => soon)).toEqual([false, true]);
      timers.pop()?.callback();
    }
    expect(timers).toEqual([standing]);
    alarm.move(entry, null);
    expect(timers).toEqual([]);
  });

  it("is taken back like a timer", () => {
    const { system, timers } = turned();
    const cancel = new Alarm(system).set(1_000, () => expect.unreachable());
    cancel();
    expect(timers).toEqual([]);
  });

  it("a timer that stands earlier than needed is left alone, and looks again when it rings", () => {
    const { system, timers, turn } = turned();
    const alarm = new Alarm(system);
    const rang: string[] = [];
    const cancel = alarm.set(1_010, () => void rang.push("early"));
    alarm.set(1_500, () => void rang.push("late"));
    cancel();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([10]);
    turn(1_010);
    timers.shift()?.callback();
    expect(rang).toEqual([]);
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([490]);
  });

  it("where there is no setImmediate a message channel gives the turn, and else a timer", async () => {
    const { soon } = await import("../src/soon.js");
    for (const missing of [["setImmediate"], ["setImmediate", "MessageChannel"]]) {
      for (const name of missing) vi.stubGlobal(name, undefined);
      const rang: number[] = [];
      await new Promise<void>((resolve) => {
        soon(() => rang.push(1))();
        soon(() => {
          rang.push(2);
          resolve();
        });
      });
      vi.unstubAllGlobals();
      expect(rang).toEqual([2]);
    }
  });
});
