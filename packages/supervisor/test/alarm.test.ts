// One alarm per system: one timer, exact instants, first come first served, and no memory of what was
// cancelled.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Alarm, alarmOf } from "../src/alarm-clock.js";
import { type ManualSystem, manualSystem } from "../src/testing.js";

const twice = (n: number) => 2 * n;

function counting(system: ManualSystem = manualSystem()) {
  let sets = 0;
  const counted = {
    ...system,
    clock: () => system.now,
    timers: {
      set: (run: () => void, ms: number) => {
        sets++;
        return system.timers.set(run, ms);
      },
      clear: system.timers.clear,
    },
  };
  return { system, alarm: new Alarm(counted), sets: () => sets };
}

describe("entries", () => {
  it("ring at their instants, those of one instant in the order in which they were set", async () => {
    const { system, alarm } = counting();
    const rang: string[] = [];
    for (const [name, at] of [
      ["c", 20],
      ["a", 10],
      ["b", 10],
      ["d", 20],
    ] as const) {
      alarm.set(at, () => void rang.push(`${name}@${system.now}`));
    }
    await system.advance(100);
    expect(rang).toEqual(["a@10", "b@10", "c@20", "d@20"]);
  });

  it("in the past or now ring in a turn of their own, never at once", async () => {
    const { system, alarm } = counting(manualSystem({ now: 50 }));
    const rang: number[] = [];
    alarm.set(10, () => {
      rang.push(10);
      alarm.set(10, () => void rang.push(11));
    });
    alarm.set(50, () => void rang.push(50));
    expect(rang).toEqual([]);
    await system.next();
    expect(rang).toEqual([10, 50]);
    await system.next();
    expect(rang).toEqual([10, 50, 11]);
  });

  it("may be cancelled by one that rings at the same instant", async () => {
    const { system, alarm } = counting();
    const rang: string[] = [];
    let cancel = () => {};
    alarm.set(10, () => {
      rang.push("first");
      cancel();
    });
    cancel = alarm.set(10, () => void rang.push("second"));
    await system.advance(10);
    expect(rang).toEqual(["first"]);
  });

  it("cancelled twice, or after they rang, are cancelled once", async () => {
    const { system, alarm } = counting();
    const rang: string[] = [];
    const cancel = alarm.set(5, () => void rang.push("a"));
    const others = [6, 7, 8].map((at) => alarm.set(at, () => void rang.push(`at ${at}`)));
    cancel();
    cancel();
    await system.advance(6);
    others[0]?.();
    others[0]?.();
    await system.advance(10);
    expect(rang).toEqual(["at 6", "at 7", "at 8"]);
    expect(system.pendingTimers).toBe(0);
  });

  it("ring as a dumb list of instants would (property)", async () => {
    let together = 0;
    let cancelled = 0;
    let runs = 0;
    // Instants are even and cancels odd, so that it is clear which comes first.
    const entries = fc.array(
      fc.record({
        at: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1e9 })).map(twice),
        cancelAt: fc.option(fc.integer({ min: 0, max: 6 }).map((n) => 2 * n + 1)),
      }),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        runs++;
        const { system, alarm } = counting();
        const rang: [number, number][] = [];
        const cancels = list.map(({ at }, i) =>
          alarm.set(at, () => void rang.push([i, system.now])),
        );
        for (let now = 0; now <= 14; now++) {
          for (const [i, { cancelAt }] of list.entries()) if (cancelAt === now) cancels[i]?.();
          expect(system.pendingTimers).toBeLessThanOrEqual(1);
          await system.advance(1);
        }
        await system.advance(3e9);

        const expected = list
          .map(({ at, cancelAt }, i) => ({ at, i, cancelled: cancelAt !== null && cancelAt < at }))
          .filter((entry) => !entry.cancelled)
          .toSorted((one, other) => one.at - other.at || one.i - other.i);
        expect(rang).toEqual(expected.map(({ i, at }) => [i, at]));
        expect([system.pendingTimers, alarm.size]).toEqual([0, 0]);
        if (new Set(expected.map(({ at }) => at)).size < expected.length) together++;
        if (expected.length < list.length) cancelled++;
      }),
    );
    expect(together / runs).toBeGreaterThan(0.2);
    expect(cancelled / runs).toBeGreaterThan(0.2);
  });
});

describe("the one timer", () => {
  it("is one for any number of entries, and none for none", () => {
    const { system, alarm } = counting();
    const cancels = Array.from({ length: 10_000 }, (_, i) => alarm.set(10_000 - i, () => {}));
    expect(system.pendingTimers).toBe(1);
    for (const cancel of cancels) cancel();
    expect(system.pendingTimers).toBe(0);
  });

  it("is set again only when the first instant changes", () => {
    const { alarm, sets } = counting();
    for (let i = 0; i < 1_000; i++) alarm.set(500 + i, () => {});
    expect(sets()).toBe(1);
    alarm.set(10, () => {});
    expect(sets()).toBe(2);
  });

  it("is set once for all that ring together and set themselves again", async () => {
    const { system, alarm, sets } = counting();
    const again = (i: number) => alarm.set(system.now + 1_000 - i, () => again(i));
    for (let i = 0; i < 500; i++) alarm.set(10, () => again(i));
    const before = sets();
    await system.advance(10);
    expect(sets() - before).toBe(1);
  });

  it("chains: it is never longer than 2^31-1", async () => {
    const { system, alarm, sets } = counting();
    let rang = 0;
    alarm.set(3 * (2 ** 31 - 1) + 1, () => void rang++);
    await system.advance(3 * (2 ** 31 - 1));
    expect([rang, sets()]).toEqual([0, 4]);
    await system.advance(1);
    expect(rang).toBe(1);
  });
});

describe("what was cancelled is forgotten", () => {
  it("after 100 000 entries that were cancelled, little more is held than is set", () => {
    const { alarm } = counting();
    const kept = [1, 2, 3].map((at) => alarm.set(2e9 + at, () => {}));
    let most = 0;
    for (let i = 0; i < 100_000; i++) {
      alarm.set(1e9 + i, () => {})();
      most = Math.max(most, alarm.size);
    }
    expect(most).toBeLessThanOrEqual(2 * kept.length + 1);
    for (const cancel of kept) cancel();
    expect(alarm.size).toBe(0);
  });

  it("also after many have rung, and many that were cancelled have been skipped", async () => {
    const { system, alarm } = counting();
    for (let i = 0; i < 1_000; i++) {
      alarm.set(10 + i, () => {});
      const cancel = alarm.set(10 + i, () => {});
      if (i % 3 === 0) cancel();
    }
    await system.advance(2_000);
    expect(alarm.size).toBe(0);
    alarm.set(1e9, () => {}); // stays on top, so that the cancelled ones are not simply taken off
    let most = 0;
    for (let i = 0; i < 3_000; i++) {
      alarm.set(2e9, () => {})();
      most = Math.max(most, alarm.size);
    }
    expect(most).toBeLessThanOrEqual(3);
  });

  it("one that is moved again and again is held once", () => {
    const { alarm } = counting();
    alarm.set(1, () => {}); // the first stays, so that the cancelled ones are not simply on top
    let cancel = () => {};
    for (let i = 0; i < 10_000; i++) {
      cancel();
      cancel = alarm.set(1_000 + i, () => {});
    }
    expect(alarm.size).toBeLessThanOrEqual(5);
  });
});

describe("time", () => {
  it("is whole, and never goes back", () => {
    // Only steps forward count: after the step back to -5 there are 15 to 10, and 2 more.
    const readings = [10.9, 10.1, 7, -5, 10.99, 12];
    const { alarm } = counting();
    const clock = () => readings.shift() ?? 0;
    const jumping = new Alarm({ ...manualSystem(), clock });
    expect(Array.from({ length: 6 }, () => jumping.now())).toEqual([10, 10, 10, 10, 25, 27]);
    expect(alarm.now()).toBe(0);
  });

  it("is never -0, which JSON cannot hold", () => {
    expect(Object.is(new Alarm({ ...manualSystem(), clock: () => -0 }).now(), 0)).toBe(true);
  });

  it("may lie before the epoch", () => {
    expect(new Alarm({ ...manualSystem(), clock: () => -1e6 - 0.5 }).now()).toBe(-1_000_001);
  });
});

it("a timer that rings twice does no harm, also when the clock is broken", async () => {
  const manual = manualSystem();
  const broken = new Alarm({
    ...manual,
    clock: () => Number.NaN,
    timers: {
      ...manual.timers,
      set: (run, ms) =>
        manual.timers.set(() => {
          run();
          run();
        }, ms),
    },
  });
  const rang: number[] = [];
  broken.set(5, () => void rang.push(broken.now()));
  await manual.advance(5);
  expect([rang, broken.now()]).toEqual([[5], 5]);
});

describe("an alarm", () => {
  it("belongs to its system: the same for the same, another for another", () => {
    const [one, other] = [manualSystem(), manualSystem()];
    expect(alarmOf(one)).toBe(alarmOf(one));
    expect(alarmOf(one)).not.toBe(alarmOf(other));
  });
});
