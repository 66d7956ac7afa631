// Thirty days on virtual time: nothing grows, nothing is left, and every part of a composition has been met.

import "../collections.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { partNames } from "../../src/soak/compositions.ts";
import { type Simulated, simulatedDays } from "../../src/soak/simulated.ts";
import { median } from "../../src/statistics.ts";

const DAYS = 30;
/** Twelve supervisions, four retries, three children of a tree. */
const TASKS = 19;

describe("thirty days", () => {
  let run: Simulated;

  beforeAll(async () => {
    run = await simulatedDays(DAYS, 20_261_130);
  }, 300_000);

  it("are full of attempts, and of every part that a composition may have", () => {
    expect(run.days).toHaveLength(DAYS);
    expect(run.days.at(-1)?.attempts).toBeGreaterThan(10_000);
    for (const part of partNames) expect(run.counts.get(part), part).toBeGreaterThan(0);
    for (const event of ["delayed", "refused", "healthy", "stopping", "ended"]) {
      expect(run.counts.get(event), event).toBeGreaterThan(0);
    }
  });

  it("never have more than one task alive for each, nor a timer more than one each and the alarm's", () => {
    for (const { alive, timers } of run.days) {
      expect(alive).toBeLessThanOrEqual(TASKS);
      expect(timers).toBeLessThanOrEqual(TASKS + 1);
    }
  });

  it("do not grow: the heap of the last ten days is that of the second five, within 1 MiB", () => {
    const heap = run.days.map(({ heapMib }) => heapMib);
    expect(median(heap.slice(-10)) - median(heap.slice(5, 10))).toBeLessThan(1);
  });

  it("leave no timer and no task behind", () => {
    expect(run.left).toEqual({ timers: 0, alive: 0 });
  });
});
