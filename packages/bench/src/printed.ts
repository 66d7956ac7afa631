// The texts of tables: for a terminal, and the parts that a page shares with it.

import { type Cell, type Line, lines, type Reached, reached } from "./compared.ts";
import type { Result } from "./runner.ts";
import type { Spread } from "./statistics.ts";
import type { Figure, Table } from "./suite.ts";

/** With spaces between thousands. */
export function number(value: number, digits: number): string {
  return value
    .toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replaceAll(",", " ");
}

export function spreadText({ median, min, max }: Spread, digits: number): string {
  return `${number(median, digits)} (${number(min, digits)} to ${number(max, digits)})`;
}

export function ratioText(ratio: Spread): string {
  return `${spreadText(ratio, ratio.median < 10 ? 2 : 1)}x`;
}

function figureOf(table: Table, name: string): Figure {
  return table.figures[name] ?? { unit: "" };
}

export function cellText(table: Table, { figure, value }: Cell): string {
  const { unit, digits = 2 } = figureOf(table, figure);
  return `${spreadText(value, digits)} ${unit}`;
}

/** `retry, capped: micros at most 1x the yielding loop: 0.7 (0.6 to 0.8), met`. */
export function reachText(table: Table, { reach, value, met }: Reached): string {
  const { candidate, figure, than, atMost, atLeast } = reach;
  const { unit, digits = 2 } = figureOf(table, figure);
  const bound = atMost === undefined ? `at least ${round(atLeast)}` : `at most ${round(atMost)}`;
  const of = than === undefined ? ` ${unit}` : `x ${than} in ${unit}`;
  if (!value) return `${candidate}: ${bound}${of}: not measured`;
  const measured = than === undefined ? spreadText(value, digits) : ratioText(value);
  return `${candidate}: ${bound}${of}: ${measured}, ${met ? "met" : "MISSED"}`;
}

function round(bound: number | undefined): string {
  return bound === undefined ? "" : String(Number(bound.toPrecision(3)));
}

function lineTexts(table: Table, line: Line): readonly string[] {
  if (line.notMeasured !== null) return [line.candidate, `not measured: ${line.notMeasured}`];
  const cells = line.cells.map((cell) => {
    const ratio = cell.ratio ? `, ${ratioText(cell.ratio)}` : "";
    return `${cellText(table, cell)}${ratio}`;
  });
  return [line.candidate, ...cells];
}

export function tableText(table: Table, result: Result): string {
  const rows = lines(table, result).map((line) => lineTexts(table, line));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, text] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, text.length);
  }
  const body = rows.map((row) =>
    `  ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join("   ")}`.trimEnd(),
  );
  const ends = reached(table, result).map((one) => `  - ${reachText(table, one)}`);
  return [`${result.suite}, ${table.title}`, ...body, ...ends].join("\n");
}
