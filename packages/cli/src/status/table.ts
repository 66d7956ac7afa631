// The table of a stack: a pure function of rows and of how it is to look. In a wide terminal the reason stands in the
// row, in a narrow one below it.

import { readArguments } from "@steadfast/policy";
import { painter, type Tone } from "../output.js";
import { cut, fill, STYLE, safe, widthOf, wrapped } from "./cells.js";
import { compact } from "./compact.js";
import type { TableRow } from "./table-row.js";

/**
 * How a table looks.
 * @since 0.1.0
 */
export interface TableLook {
  /** The columns of the terminal, at least 20: no line is wider. */
  readonly width: number;
  /** Default: no colour. */
  readonly color?: boolean;
  /** The name of the row that is marked. Default: none is, and no column is kept for the mark. */
  readonly marked?: string | null;
}

interface Column {
  readonly title: string;
  readonly side: "left" | "right";
  /** At most so wide. */
  readonly most: number;
  text(row: TableRow): string;
}

const COLUMNS: readonly Column[] = [
  { title: "name", side: "left", most: 24, text: ({ name }) => safe(name) },
  { title: "state", side: "left", most: 9, text: ({ state }) => state.word },
  { title: "pid", side: "right", most: 8, text: ({ pid }) => (pid === null ? "" : `${pid}`) },
  {
    title: "up",
    side: "right",
    most: 7,
    text: ({ uptimeMs }) => (uptimeMs === null ? "" : compact(uptimeMs)),
  },
  { title: "restarts", side: "right", most: 8, text: ({ restarts }) => `${restarts}` },
  { title: "budget left", side: "left", most: 18, text: ({ budget }) => budgetText(budget) },
  {
    title: "next",
    side: "left",
    most: 16,
    text: ({ next }) => (next ? `${next.what} in ${compact(next.inMs)}` : ""),
  },
];

const GAP = "  ";
/** The reason stands in the row where at least so many columns are left for it. */
const ROOM_FOR_WHY = 48;
/** Below the row it takes at most so many lines. */
const WHY_LINES = 2;
const INDENT = 4;
const NARROWEST = 20;

const TONES = {
  good: "good",
  waiting: "warn",
  bad: "bad",
  quiet: "dim",
} as const satisfies Record<TableRow["state"]["is"], Tone>;

/**
 * Draws a stack as a table: name, state, pid, uptime, restarts, budget left, what is next, and why.
 *
 * Decides: a column that is empty in every row is left out; the reason stands in the row where there is room, else
 * below it, in two lines at most. Units: columns of a terminal; wide characters count as two. Edge: no line is wider
 * than `width`, what does not fit is cut; control characters are replaced. Pure.
 * Errors: `PolicyOptionsError` for a third argument.
 *
 * @since 0.1.0
 * @example
 * const row = { name: "web", state: { word: "ready", is: "good" }, pid: 42, uptimeMs: 90_000, restarts: 0,
 *   budget: { left: 9, limit: 10, windowMs: 600_000 }, next: null, why: [] } as const;
 * const [head, web] = statusTable([row], { width: 80 }).split("\n");
 * head; // => "name  state  pid     up  restarts  budget left"
 * web; // => "web   ready   42  1m30s         0  9 of 10 in 10m"
 */
export function statusTable(rows: readonly TableRow[], look: TableLook): string {
  readArguments("statusTable", arguments, 2);
  const width = Math.max(NARROWEST, look.width);
  const paint = painter(look.color === true);
  const mark = (on: boolean) => (look.marked == null ? "" : on ? "> " : "  ");
  const columns = fitting(rows, width - mark(true).length);
  const room = width - mark(true).length - takenBy(columns) - GAP.length;
  const beside = room >= ROOM_FOR_WHY;
  const some = rows.some(({ why }) => why.length > 0);
  const titles = columns.map(({ title, side, width: wide }) => fill(title, wide, side));
  const head = [...titles, ...(beside && some ? ["why"] : [])].join(GAP).trimEnd();
  const lines = rows.flatMap((row) => {
    const cells = columns.map((column) => {
      const text = fill(column.text(row), column.width, column.side);
      return column.title === "state" ? paint(TONES[row.state.is], text) : text;
    });
    const why = row.why.map(safe).join(" ");
    const line = [...cells, ...(beside && why ? [paint("dim", cut(why, room))] : [])].join(GAP);
    const below = beside || !why ? [] : wrapped(why, width - INDENT, WHY_LINES);
    const marked = mark(row.name === look.marked) + line;
    const painted = row.name === look.marked ? paint("strong", marked) : marked;
    return [painted, ...below.map((one) => paint("dim", " ".repeat(INDENT) + one))];
  });
  return [paint("dim", mark(false) + head), ...lines]
    .map((line) => narrowed(line, width))
    .join("\n");
}

interface Placed extends Column {
  readonly width: number;
}

/** What a narrow terminal does without, in this order. */
const DISPENSABLE = ["pid", "up", "restarts", "next", "budget left", "state"];

/** The columns that are not empty, and have room. */
function fitting(rows: readonly TableRow[], width: number): readonly Placed[] {
  let columns = COLUMNS.map((column) => ({ ...column, width: widthIn(rows, column) })).filter(
    (column) => column.width > 0,
  );
  for (const title of DISPENSABLE) {
    if (takenBy(columns) <= width) break;
    columns = columns.filter((column) => column.title !== title);
  }
  return columns;
}

function takenBy(columns: readonly Placed[]): number {
  return columns.reduce((sum, column) => sum + column.width, (columns.length - 1) * GAP.length);
}

/** As wide as its widest cell; 0 where all are empty. */
function widthIn(rows: readonly TableRow[], { title, most, text }: Column): number {
  const widest = Math.max(0, ...rows.map((row) => widthOf(text(row))));
  return widest === 0 ? 0 : Math.min(most, Math.max(widest, title.length));
}

function budgetText(budget: TableRow["budget"]): string {
  if (!budget) return "";
  const { left, limit, windowMs } = budget;
  return `${left} of ${limit}${windowMs === null ? "" : ` in ${compact(windowMs)}`}`;
}

/** A painted line, without blanks at its end and cut to the width; styles take no room. */
function narrowed(line: string, width: number): string {
  let room = width;
  const parts = line.split(STYLE).map((part) => {
    if (STYLE.test(part)) return part;
    const text = cut(part, room);
    room -= widthOf(text);
    return text;
  });
  return parts.join("").trimEnd();
}
