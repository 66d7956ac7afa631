import type { TreeChildStatus } from "@steadfast/supervisor/tree";
import { describe, expect, it } from "vitest";
import { renderTable } from "../src/app/table.js";

const ready: TreeChildStatus = {
  id: "worker.1",
  path: "/worker.1",
  status: "ready",
  attempts: 3,
  lastExit: { kind: "signalled", signal: "SIGKILL" },
  waiting: null,
} as TreeChildStatus;
const away: TreeChildStatus = {
  ...ready,
  id: "server",
  status: "stopped",
  lastExit: null,
  waiting: { for: "not-yet", until: 1_250, cause: "restart" },
};
const rows = [
  { status: ready, refusals: 2 },
  { status: away, refusals: 0 },
];

describe("renderTable", () => {
  it("shows a row per child, and how far it is", () => {
    expect(renderTable(rows, 30, 120, 1_000, 80).split("\n")).toEqual([
      "child     status     attempt refused last exit         waits",
      "worker.1  ready      3       2       SIGKILL",
      "server    stopped    3       0                         not-yet 250 ms",
      "",
      "[##########..............................] 25 %  30 of 120 files",
    ]);
  });

  it("has no line wider than the terminal", () => {
    const lines = renderTable(rows, 30, 120, 1_000, 40).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.at(-1)).toMatch(/ 25 % {2}30 of 120 files$/);
  });

  it("says 0 % while nobody knows how many files there are", () => {
    expect(renderTable([], 0, 0, 0, 80)).toContain("] 0 %  0 of 0 files");
  });
});
