// docs/performance.md and its plots say what the published runs say.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PAGE, PLOTS, plots, written } from "../src/page/page.ts";
import { publishedRun, publishedSoak, taken } from "../src/page/published.ts";
import { curves, fitted } from "../src/page/scaling.ts";
import type { Result } from "../src/runner.ts";
import { suiteNames, suiteOf } from "../src/suites.ts";

const page = readFileSync(PAGE, "utf8");

describe("the page", () => {
  it("is what `pnpm performance` writes from the published runs", async () => {
    expect(await written(page)).toBe(page);
  });

  it("has the plots that it writes", async () => {
    for (const [name, text] of Object.entries(await plots())) {
      const file = new URL(name, PLOTS);
      expect(existsSync(file), name).toBe(true);
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });

  it("says of a run that is not there that it is not, and of an unknown one that it is unknown", async () => {
    await expect(written("<!-- bench: retry, no such -->\n<!-- /bench -->")).rejects.toThrow(
      'nothing is called "retry, no such"',
    );
  });

  it.each(suiteNames)(
    "shows the published run of %s, 7 rounds of every table of today",
    async (name) => {
      const run = publishedRun(name);
      expect(run?.rounds).toBeGreaterThanOrEqual(7);
      const { tables } = await suiteOf(name);
      expect(run?.results.map(({ table }) => table)).toEqual(tables.map((table) => table.name));
      for (const { rows } of run?.results ?? []) {
        for (const row of rows) {
          if ("rounds" in row) expect(row.rounds.length).toBeGreaterThanOrEqual(7);
        }
      }
    },
  );

  it("shows a soak of at least twenty minutes, without a trend", () => {
    const soak = publishedSoak();
    expect(soak?.minutes).toBeGreaterThanOrEqual(20);
    for (const [name, trend] of Object.entries(soak?.trends ?? {})) {
      expect(trend?.isTrend, name).toBe(false);
    }
  });
});

describe("an exponent", () => {
  it.each([
    [
      "of what is the same for any number",
      [
        [1, 5],
        [10, 5],
        [100, 5],
        [1_000, 5],
      ],
      0,
    ],
    [
      "of a cost for each",
      [
        [1, 9],
        [10, 20],
        [100, 200],
        [1_000, 2_000],
      ],
      1,
    ],
    [
      "of a cost for each pair",
      [
        [1, 9],
        [10, 9],
        [100, 1e4],
        [1_000, 1e6],
      ],
      2,
    ],
  ] as const)("%s", (_, points, exponent) => {
    expect(fitted(points)).toBeCloseTo(exponent, 6);
  });

  it("is not fitted to one point, or to nothing", () => {
    expect(fitted([[1, 5]])).toBeNull();
    expect(
      fitted([
        [1, 0],
        [10, 0],
        [100, 0],
      ]),
    ).toBeNull();
  });

  it("comes of the medians", () => {
    const table = {
      name: "t",
      title: "t",
      figures: { ms: { unit: "ms" } },
      candidates: { "1": () => ({}), "10": () => ({}) },
    };
    const result: Result = {
      suite: "s",
      table: "t",
      at: "",
      load: [0, 0],
      rows: [
        { candidate: "1", rounds: [{ ms: 1 }, { ms: 2 }, { ms: 9 }] },
        { candidate: "10", rounds: [{ ms: 20 }, { ms: 20 }, { ms: 20 }] },
      ],
    };
    expect(curves(table, result)[0]?.points).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });
});

it("what is published has four digits", () => {
  expect(taken({ a: 1.234_567, b: [123_456.7], c: "text", d: null })).toEqual({
    a: 1.235,
    b: [123_500],
    c: "text",
    d: null,
  });
});
