// The table as text: what a terminal of so many columns shows, and that nothing is wider.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, fill, widthOf, wrapped } from "../../src/status/cells.js";
import { onTheClock } from "../../src/status/clock-words.js";
import { compact } from "../../src/status/compact.js";
import { statusTable } from "../../src/status/table.js";
import type { TableRow } from "../../src/status/table-row.js";

const budget = (left: number) => ({ left, limit: 10, windowMs: 600_000 });

const rows: readonly TableRow[] = [
  {
    name: "db",
    state: { word: "ready", is: "good" },
    pid: 4242,
    uptimeMs: 8_100_000,
    restarts: 0,
    budget: budget(10),
    next: null,
    why: [],
  },
  {
    name: "web.1",
    state: { word: "waiting", is: "waiting" },
    pid: null,
    uptimeMs: null,
    restarts: 3,
    budget: budget(6),
    next: { what: "restart", inMs: 1_400 },
    why: [
      "failed after 160 ms: exit code 1, Error: no database.",
      "Launched in 1 600 ms: backoff has counted 4 failures in a row.",
    ],
  },
  {
    name: "job",
    state: { word: "done", is: "quiet" },
    pid: null,
    uptimeMs: null,
    restarts: 0,
    budget: null,
    next: null,
    why: [],
  },
];

const ESCAPE = "\u001b";

describe("statusTable", () => {
  it("has the reason below its row in 80 columns", () => {
    expect(statusTable(rows, { width: 80 })).toBe(
      [
        "name   state     pid     up  restarts  budget left      next",
        "db     ready    4242  2h15m         0  10 of 10 in 10m",
        "web.1  waiting                      3  6 of 10 in 10m   restart in 1.4s",
        "    failed after 160 ms: exit code 1, Error: no database. Launched in 1 600 ms:",
        "    backoff has counted 4 failures in a row.",
        "job    done                         0",
      ].join("\n"),
    );
  });

  it("has it in the row in 200 columns", () => {
    const [head, , web, ...others] = statusTable(rows, { width: 200 }).split("\n");
    expect(head).toMatch(/ next +why$/);
    expect(web).toMatch(/restart in 1\.4s {2}failed after .* in a row\.$/);
    expect(others).toEqual(["job    done                         0"]);
  });

  it("leaves out columns that are empty everywhere, and those that have no room", () => {
    const bare = rows.map((row) => ({ ...row, budget: null, next: null }));
    expect(statusTable(bare, { width: 80 }).split("\n")[0]).toBe(
      "name   state     pid     up  restarts",
    );
    expect(statusTable(rows, { width: 40 }).split("\n")[0]).toBe("name   state    budget left");
    expect(statusTable(rows, { width: 20 }).split("\n")[0]).toBe("name   state");
  });

  it("marks a row, and keeps the others in line", () => {
    const lines = statusTable(rows, { width: 80, marked: "db" }).split("\n");
    expect(lines[1]).toMatch(/^> db +ready/);
    expect(lines[2]).toMatch(/^ {2}web\.1 +waiting/);
  });

  it("has no escape without colour, and the same text with it", () => {
    const plain = statusTable(rows, { width: 80, marked: "db" });
    const painted = statusTable(rows, { width: 80, marked: "db", color: true });
    expect(plain).not.toContain(ESCAPE);
    expect(painted).toContain(`${ESCAPE}[32mready`);
    const stripped = painted.replaceAll(new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g"), "");
    const trimmed = (text: string) => text.split("\n").map((line) => line.trimEnd());
    expect(trimmed(stripped)).toEqual(trimmed(plain));
  });

  it("obeys nothing that stands in a name or a reason", () => {
    const hostile = {
      ...(rows[1] as TableRow),
      name: `a${ESCAPE}[2Jb`,
      why: [`x${ESCAPE}]0;y\u0007\u202e\nz`],
    };
    const text = statusTable([hostile], { width: 80 });
    expect(text).not.toContain(ESCAPE);
    expect(text).not.toContain("\u202e");
    expect(text.split("\n")).toHaveLength(3);
  });

  it("is never wider than the terminal, whatever stands in it", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("名前", "a".repeat(90), ""),
    );
    const row = fc.record({
      name: text,
      state: fc.record({ word: text, is: fc.constantFrom("good", "bad") }),
      pid: fc.option(fc.nat()),
      uptimeMs: fc.option(fc.nat()),
      restarts: fc.nat(),
      budget: fc.option(
        fc.record({ left: fc.nat(), limit: fc.nat(), windowMs: fc.option(fc.nat()) }),
      ),
      next: fc.option(fc.record({ what: text, inMs: fc.integer() })),
      why: fc.array(text, { maxLength: 2 }),
    }) as fc.Arbitrary<TableRow>;
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 4 }),
        fc.integer({ min: 20, max: 220 }),
        (some, width) => {
          for (const line of statusTable(some, { width, marked: some[0]?.name ?? null }).split(
            "\n",
          )) {
            expect(widthOf(line)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});

describe("cells", () => {
  it("count wide characters as two, and marks as none", () => {
    expect(["abc", "名前", "e\u0301"].map(widthOf)).toEqual([3, 4, 1]);
    expect(cut("名前です", 5)).toBe("名前…");
    expect(fill("ab", 4, "right")).toBe("  ab");
  });

  it("wrap at blanks, and cut what has no line left", () => {
    expect(wrapped("one two three four", 9, 2)).toEqual(["one two", "three fo…"]);
    expect(wrapped("", 9, 2)).toEqual([]);
  });
});

it.each([
  [0, "0ms"],
  [999, "999ms"],
  [1_000, "1s"],
  [9_990, "9.9s"],
  [59_999, "59s"],
  [60_000, "1m"],
  [200_000, "3m20s"],
  [7_500_000, "2h5m"],
  [356_400_000, "4d3h"],
  [-5, "0ms"],
])("%d ms is %s", (ms, text) => {
  expect(compact(ms)).toBe(text);
});

it("names an instant by the time of day, and durations as the table does", () => {
  const at = new Date(2026, 10, 30, 7, 5, 9).getTime();
  const grouped = String(at).replaceAll(/\B(?=(\d{3})+$)/g, " ");
  const said = `Launched in 1844.296 ms, at the instant ${grouped}: 2 failures in 600 000 ms.`;
  expect(onTheClock(said)).toBe("Launched in 1.8s, at 07:05:09: 2 failures in 10m.");
});
