// What is drawn on a terminal: the table, what a person has asked for below it, and the keys. A pure function; no line
// is wider than the terminal, and no more lines than it has.

import { painter } from "../output.js";
import { cut, safe, widthOf, wrapped } from "../status/cells.js";
import { compact } from "../status/compact.js";
import { statusTable } from "../status/table.js";
import type { TableRow } from "../status/table-row.js";
import { type Chosen, HELP } from "./keys.js";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface Shown {
  readonly name: string;
  /** How long the stack has run. */
  readonly runsMs: number;
  readonly rows: readonly TableRow[];
  readonly chosen: Chosen;
  /** All that is known of why the marked child is as it is. */
  readonly why: readonly string[];
  /** The answer to the last order; null for none. */
  readonly answer: string | null;
  /** Whether keys are heard. */
  readonly hasKeys: boolean;
}

const MOST_WHY = 6;
/** Of the screen, so much is left to the lines of the children. */
const LOG_LINES = 3;

export function screenOf(
  shown: Shown,
  { columns, rows: height }: ScreenSize,
  color: boolean,
): string {
  const paint = painter(color);
  const below = [...whyLines(shown, columns, paint), ...footer(shown, columns, paint)];
  const marked = shown.hasKeys ? shown.chosen.marked : null;
  const room = Math.max(3, height - below.length - 1 - LOG_LINES);
  const rows = shown.chosen.why ? shown.rows.map((row) => withoutWhy(row, marked)) : shown.rows;
  const table = fitted(rows, marked, room, (some) =>
    statusTable(some, { width: columns, color, marked }).split("\n"),
  );
  const head = paint("dim", cut(headOf(shown), columns));
  return [head, ...table, ...below].join("\n");
}

/** Its reason stands below the table. */
function withoutWhy(row: TableRow, marked: string | null): TableRow {
  return row.name === marked ? { ...row, why: [] } : row;
}

function headOf({ name, rows, runsMs, chosen }: Shown): string {
  const up = rows.filter(({ state }) => state.is === "good").length;
  const only = chosen.onlyLogs && chosen.marked !== null ? `, logs of ${safe(chosen.marked)}` : "";
  return `── ${safe(name)}: ${up} of ${rows.length} ready, up ${compact(runsMs)}${only} ──`;
}

/** So many rows around the marked one that the table has room, and how many are not shown. */
function fitted(
  rows: readonly TableRow[],
  marked: string | null,
  room: number,
  draw: (rows: readonly TableRow[]) => readonly string[],
): readonly string[] {
  const whole = draw(rows);
  if (whole.length <= room) return whole;
  const at = Math.max(
    0,
    rows.findIndex(({ name }) => name === marked),
  );
  let [from, to] = [at, at + 1];
  let best = draw(rows.slice(from, to));
  for (;;) {
    const next: readonly [number, number] =
      from > 0 && (to >= rows.length || at - from < to - at) ? [from - 1, to] : [from, to + 1];
    if (next[1] > rows.length) break;
    const drawn = draw(rows.slice(...next));
    if (drawn.length + 1 > room) break;
    [from, to] = next;
    best = drawn;
  }
  const hidden = rows.length - (to - from);
  return [...best, `  … and ${hidden} more`];
}

type Paint = ReturnType<typeof painter>;

function whyLines({ chosen, why }: Shown, columns: number, paint: Paint): readonly string[] {
  if (!chosen.why || chosen.marked === null) return [];
  const text = why.length === 0 ? "nothing has happened to it yet." : why.map(safe).join(" ");
  const lines = wrapped(`${safe(chosen.marked)}: ${text}`, columns, MOST_WHY);
  return ["", ...lines.map((line) => paint("strong", line))];
}

function footer({ answer, hasKeys }: Shown, columns: number, paint: Paint): readonly string[] {
  const said = answer === null ? [] : [cut(safe(answer), columns)];
  if (!hasKeys) return said;
  let room = columns;
  const keys = HELP.flatMap(([key, does]) => {
    room -= widthOf(`${key} ${does}  `);
    return room < 0 ? [] : [`${paint("strong", key)} ${paint("dim", does)}`];
  });
  return [...said, keys.join("  ")];
}
