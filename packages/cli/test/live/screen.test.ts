// What stands on the screen, and what keys do: pure, so that every size can be tried.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AT_FIRST, type Chosen, keysIn, pressed } from "../../src/live/keys.js";
import { type Shown, screenOf } from "../../src/live/screen.js";
import { widthOf } from "../../src/status/cells.js";
import type { TableRow } from "../../src/status/table-row.js";

const names = Array.from({ length: 30 }, (_, n) => `web.${n + 1}`);
const row = (name: string): TableRow => ({
  name,
  state: { word: "waiting", is: "waiting" },
  pid: null,
  uptimeMs: null,
  restarts: 1,
  budget: { left: 1, limit: 2, windowMs: 1_000 },
  next: { what: "restart", inMs: 500 },
  why: ["It failed."],
});
const shown = (chosen: Chosen, more: Partial<Shown> = {}): Shown => ({
  name: "shop",
  runsMs: 130_000,
  rows: names.map(row),
  chosen,
  why: ["It failed.", "Refused for now."],
  answer: null,
  hasKeys: true,
  ...more,
});

describe("screenOf", () => {
  it("has head, table, keys", () => {
    const text = screenOf(
      shown(AT_FIRST, { rows: [row("web.1")] }),
      { columns: 80, rows: 24 },
      false,
    );
    expect(text.split("\n")).toEqual([
      "── shop: 0 of 1 ready, up 2m10s ──",
      "name   state    restarts  budget left   next",
      "web.1  waiting         1  1 of 2 in 1s  restart in 500ms",
      "    It failed.",
      "↑↓ choose  r restart  s stop  l logs of one  w why  q quit",
    ]);
  });

  it("shows the rows around the marked one where not all have room", () => {
    const chosen = { ...AT_FIRST, marked: "web.20" };
    const lines = screenOf(shown(chosen), { columns: 200, rows: 12 }, false).split("\n");
    expect(lines.some((line) => line.startsWith("> web.20"))).toBe(true);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}… and \d+ more$/));
  });

  it("says why of the marked one, once, and whose logs are shown", () => {
    const chosen = { marked: "web.1", onlyLogs: true, why: true };
    const text = screenOf(
      shown(chosen, { rows: [row("web.1")] }),
      { columns: 80, rows: 24 },
      false,
    );
    expect(text).toContain(", logs of web.1 ──");
    expect(text.match(/It failed/g)).toHaveLength(1);
    expect(text).toContain("\nweb.1: It failed. Refused for now.\n");
  });

  it("never leaves the terminal", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 220 }),
        fc.integer({ min: 14, max: 60 }),
        fc.constantFrom(...names),
        fc.boolean(),
        (columns, rows, marked, why) => {
          const chosen = { marked, onlyLogs: true, why };
          const answer = "an answer that is rather long, and has to be cut somewhere";
          const lines = screenOf(shown(chosen, { answer }), { columns, rows }, false).split("\n");
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

describe("keys", () => {
  it("are taken out of a piece of input", () => {
    expect(keysIn("\u001b[A\u001b[Brq\u0003")).toEqual([
      "\u001b[A",
      "\u001b[B",
      "r",
      "q",
      "\u0003",
    ]);
  });

  it.each<readonly [key: string, from: string | null, marked: string | null, order: string | null]>(
    [
      ["j", null, "b", null],
      ["\u001b[B", "b", "c", null],
      ["\u001b[B", "c", "c", null],
      ["k", "c", "b", null],
      ["\u001b[A", "a", "a", null],
      ["r", null, "a", "restart"],
      ["s", "b", "b", "stop"],
      ["r", "gone", "a", "restart"],
      ["q", "b", "b", "quit"],
      ["\u0003", "b", "b", "interrupt"],
      ["x", "b", "b", null],
    ],
  )("%j from %s marks %s and orders %s", (key, from, marked, order) => {
    const [chosen, ordered] = pressed(key, { ...AT_FIRST, marked: from }, ["a", "b", "c"]);
    expect({ marked: chosen.marked, ordered }).toEqual({ marked, ordered: order });
  });

  it("turn the logs of one and the reason on and off", () => {
    const [on] = pressed("l", { ...AT_FIRST, marked: "a" }, ["a"]);
    const [both] = pressed("w", on, ["a"]);
    expect(both).toEqual({ marked: "a", onlyLogs: true, why: true });
    expect(pressed("l", both, ["a"])[0].onlyLogs).toBe(false);
    expect(pressed("w", both, ["a"])[0].why).toBe(false);
  });

  it("do nothing to nobody", () => {
    expect(pressed("j", AT_FIRST, [])).toEqual([AT_FIRST, null]);
  });
});
