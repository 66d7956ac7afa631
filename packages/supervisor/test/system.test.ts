// The real system: time that starts with the wall clock and never jumps, and timers that can be taken back.

import { afterEach, describe, expect, it, vi } from "vitest";
import { realSystem } from "../src/index.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

describe("the real clock", () => {
  it("is the wall time at the start, plus what has passed since", async () => {
    const wall = vi.spyOn(Date, "now").mockReturnValue(5_000);
    const passed = vi.spyOn(performance, "now").mockReturnValue(1_000);
    vi.resetModules();
    const { realSystem: started } = await import("../src/system.js");
    expect(started.clock()).toBe(5_000);
    passed.mockReturnValue(1_300);
    wall.mockReturnValue(9);
    expect([started.clock(), started.wall?.()]).toEqual([5_300, 9]);
  });
});

describe("real timers", () => {
  it("ring once, and not if they were cleared", async () => {
    const rang: string[] = [];
    await new Promise<void>((resolve) => {
      const cleared = realSystem.timers.set(() => void rang.push("cleared"), 0);
      realSystem.timers.clear(cleared);
      realSystem.timers.set(() => {
        rang.push("kept");
        resolve();
      }, 1);
    });
    expect(rang).toEqual(["kept"]);
  });
});

it("real chance is in [0, 1)", () => {
  expect(realSystem.random()).toBeGreaterThanOrEqual(0);
  expect(realSystem.random()).toBeLessThan(1);
});
