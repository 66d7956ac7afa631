// What a run says, on a run made up by hand: three rounds, in which the machine got slower and slower.

import { describe, expect, it } from "vitest";
import { lines, ratios, reached } from "../src/compared.ts";
import { tableText } from "../src/printed.ts";
import type { Result } from "../src/runner.ts";
import type { Table } from "../src/suite.ts";

const never = () => {
  throw new Error("nothing is measured here");
};

const table: Table = {
  name: "job",
  title: "a job",
  figures: { us: { unit: "us" } },
  candidates: { "by hand": never, ours: never, peer: never },
  reaches: [
    { candidate: "ours", figure: "us", than: "by hand", atMost: 2 },
    { candidate: "ours", figure: "us", atMost: 20 },
    { candidate: "ours", figure: "us", than: "by hand", atLeast: 2.5 },
    { candidate: "ours", figure: "us", than: "peer", atMost: 1 },
  ],
};

const result: Result = {
  suite: "jobs",
  table: "job",
  at: "2026-11-30T00:00:00.000Z",
  load: [1, 2],
  rows: [
    { candidate: "by hand", rounds: [{ us: 10 }, { us: 20 }, { us: 40 }] },
    { candidate: "ours", rounds: [{ us: 20 }, { us: 30 }, { us: 80 }] },
    { candidate: "peer", notMeasured: "nobody installed it" },
  ],
};

describe("a run", () => {
  it("compares within a round, so that a slower machine changes no ratio", () => {
    expect(ratios(result, "ours", "by hand", "us")).toEqual([2, 1.5, 2]);
    expect(lines(table, result)[1]?.cells).toEqual([
      {
        figure: "us",
        value: { median: 30, min: 20, max: 80 },
        ratio: { median: 2, min: 1.5, max: 2 },
      },
    ]);
  });

  it("says of a peer that is not there that it was not measured, and why", () => {
    expect(lines(table, result)[2]).toEqual({
      candidate: "peer",
      cells: [],
      notMeasured: "nobody installed it",
    });
  });

  it("meets a reach at its edge, and misses it beyond", () => {
    expect(reached(table, result).map(({ met }) => met)).toEqual([true, false, false, null]);
  });

  it("is printed as one table with its reaches", () => {
    expect(tableText(table, result)).toBe(
      [
        "jobs, a job",
        "  by hand   20.00 (10.00 to 40.00) us",
        "  ours      30.00 (20.00 to 80.00) us, 2.00 (1.50 to 2.00)x",
        "  peer      not measured: nobody installed it",
        "  - ours: at most 2x by hand in us: 2.00 (1.50 to 2.00)x, met",
        "  - ours: at most 20 us: 30.00 (20.00 to 80.00), MISSED",
        "  - ours: at least 2.5x by hand in us: 2.00 (1.50 to 2.00)x, MISSED",
        "  - ours: at most 1x peer in us: not measured",
      ].join("\n"),
    );
  });

  it("compares with nothing where the base is nothing", () => {
    const none: Result = {
      ...result,
      rows: [
        { candidate: "by hand", rounds: [{ us: 0 }] },
        { candidate: "ours", rounds: [{ us: 3 }] },
      ],
    };
    expect(ratios(none, "ours", "by hand", "us")).toBeNull();
  });
});
