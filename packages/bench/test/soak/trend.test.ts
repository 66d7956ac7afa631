// The rule by which a run is red, on series that are made up: chance is seeded.

import { describe, expect, it } from "vitest";
import { Chance } from "../../src/soak/chance.ts";
import { METRICS, type Reading, type Sample } from "../../src/soak/metrics.ts";
import { type Tolerance, trendOf } from "../../src/soak/trend.ts";
import { reasons } from "../../src/soak/verdict.ts";

const COUNT = 600;
const tolerance: Tolerance = { absolute: 2, relative: 0.1 };

type Shape = (share: number, noise: number) => number;

function series(shape: Shape, seed = 1, count = COUNT): readonly number[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, (_, i) => shape(i / count, chance.draw() - 0.5));
}

const grows = (shape: Shape, seed?: number) => trendOf(series(shape, seed), tolerance)?.isTrend;

describe("a trend", () => {
  it.each<readonly [name: string, shape: Shape]>([
    ["a leak beneath its noise", (at, noise) => 20 + 6 * at + 8 * noise],
    ["a leak in steps", (at, noise) => 20 + Math.floor(at * 8) + noise],
    [
      "a leak behind a saw of collections",
      (at, noise) => 20 + 6 * at + ((at * 97) % 1) * 5 + noise,
    ],
    ["a leak that begins in the middle", (at, noise) => 20 + 16 * Math.max(0, at - 0.5) + noise],
    ["a leak of whole things that stay", (at) => 20 + Math.floor(at * 30)],
  ])("is %s", (_, shape) => {
    expect(grows(shape)).toBe(true);
  });

  it.each<readonly [name: string, shape: Shape]>([
    ["nothing but noise", (_, noise) => 20 + 8 * noise],
    ["a constant", () => 20],
    ["nothing at all", () => 0],
    ["a warm-up that ends", (at, noise) => 20 + 30 * Math.min(at, 0.24) + noise],
    ["a saw of collections", (at, noise) => 20 + ((at * 97) % 1) * 15 + noise],
    ["single peaks", (at, noise) => 20 + (Math.floor(at * COUNT) % 37 === 0 ? 300 : 0) + noise],
    ["something that shrinks", (at, noise) => 40 - 20 * at + noise],
    ["a growth within what is tolerated", (at, noise) => 20 + at + 0.1 * noise],
    ["a hill", (at, noise) => 20 + 10 * Math.sin((Math.PI * (at - 0.25)) / 0.75) + noise],
  ])("is not %s", (_, shape) => {
    expect(grows(shape)).toBe(false);
  });

  it("is not what chance does to a flat series: none of 300", () => {
    const noisy: Shape = (_, noise) => 20 + 40 * noise;
    const red = Array.from({ length: 300 }, (_, seed) => grows(noisy, seed)).filter(Boolean);
    expect(red).toHaveLength(0);
  });

  it("is found in each of 100 leaks of twice what is tolerated, under noise three times as wide", () => {
    const leak: Shape = (at, noise) => 20 + (4 / 0.75) * at + 6 * noise;
    const red = Array.from({ length: 100 }, (_, seed) => grows(leak, seed)).filter(Boolean);
    expect(red).toHaveLength(100);
  });

  it("measures the rise from the warm-up to the end", () => {
    const trend = trendOf(
      series((at) => 20 + 40 * at),
      tolerance,
    );
    expect(trend?.rise).toBeCloseTo(30, 0);
    expect(trend?.from).toBeLessThan(35);
    expect(trend?.to).toBeGreaterThan(55);
  });

  it("is not judged from fewer readings than two for each block", () => {
    expect(
      trendOf(
        series(() => 20, 1, 84),
        tolerance,
      ),
    ).toBeNull();
    expect(
      trendOf(
        series(() => 20, 1, 86),
        tolerance,
      ),
    ).not.toBeNull();
  });
});

const flat = Object.fromEntries(Object.keys(METRICS).map((name) => [name, 20])) as Reading;
const clean = { groups: 0, zombies: 0, timers: 0, lives: 0, listeners: 0 };

function samples(change: (share: number) => Partial<Reading> = () => ({})): readonly Sample[] {
  return Array.from({ length: COUNT }, (_, i) => ({ seconds: i, ...flat, ...change(i / COUNT) }));
}

describe("a run", () => {
  it("is green where nothing grows and nothing is left", () => {
    expect(reasons({ samples: samples(), left: clean, errors: [] })).toEqual([]);
  });

  it.each(Object.keys(METRICS))("is red where %s grows", (name) => {
    const leaking = samples((share) => ({ [name]: 20 + 100 * share }));
    const [reason, ...more] = reasons({ samples: leaking, left: clean, errors: [] });
    expect(reason).toMatch(/ grows: from /);
    expect(more).toEqual([]);
  });

  it.each(Object.keys(clean))("is red where %s is left at the end", (name) => {
    const left = { ...clean, [name]: 1 };
    expect(reasons({ samples: samples(), left, errors: [] })).toEqual([
      `1 ${name} left at the end`,
    ]);
  });

  it("is red where an error was not handled", () => {
    const errors = ["uncaughtException: boom"];
    expect(reasons({ samples: samples(), left: clean, errors })).toEqual(errors);
  });

  it("is not green where it was too short to be judged", () => {
    const few = samples().slice(0, 85);
    expect(reasons({ samples: few, left: clean, errors: [] })).toEqual([
      "85 readings, at least 86 are needed",
    ]);
  });
});
