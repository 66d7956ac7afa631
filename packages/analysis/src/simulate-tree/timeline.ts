// A simulated tree as text: a line per child, a column per slice of time.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { TreeHappened, TreeSimulation } from "./tree-simulation.js";

/**
 * How a time line is drawn.
 * @since 0.1.0
 */
export interface TimelineOptions {
  /** How many columns the time has: whole, from 10 to 1 000. Default 60. */
  readonly columns?: number;
  /** The first instant that is drawn: whole, at least 0. Default 0. */
  readonly fromMs?: number;
  /** The instant behind the last column: whole, at least `fromMs` + 1. Default: `untilMs` of the simulation. */
  readonly toMs?: number;
}

/**
 * Draws what happened in a simulated tree: a line per child, `=` while it is up, `-` while it is being
 * started, `~` while it has been asked to end, `x` where it failed, blank while it is down.
 *
 * Pure. Units: each column stands for `(toMs - fromMs) / columns` milliseconds, and shows the last of what
 * was so in it, a failure before everything else. Errors: `PolicyOptionsError` for an option out of range.
 *
 * @since 0.1.0
 * @example
 * const tree = { strategy: "one-for-all", children: [{ id: "a" }, { id: "b" }] } as const;
 * const run = simulateTree(tree, { children: { b: { uptimeMs: [50] } }, forMs: 100 });
 * timeline(run, { columns: 10 }).split("\n");
 * // => ["   0         100 ms", "a  ==========", "b  =====x===="]
 */
export function timeline(simulation: TreeSimulation, options: TimelineOptions = {}): string {
  readArguments("timeline", arguments, 2);
  const read = readOptions("timeline", options);
  const columns = read.whole("columns", { min: 10, max: 1_000, default: 60 });
  const fromMs = read.whole("fromMs", { default: 0 });
  const toMs = read.whole("toMs", { default: simulation.untilMs });
  read.end();
  if (toMs <= fromMs) {
    throw new PolicyOptionsError("timeline", "toMs", `above fromMs, which is ${fromMs}`, toMs);
  }
  const names = Object.keys(simulation.children);
  const wide = Math.max(0, ...names.map((name) => name.length)) + 2;
  const columnOf = (at: number) => Math.floor(((at - fromMs) / (toMs - fromMs)) * columns);
  const lines = names.map((name) => {
    const own = simulation.happened.filter(({ child }) => child === name);
    return `${name.padEnd(wide)}${drawn(own, columns, columnOf)}`.trimEnd();
  });
  const head = `${"".padEnd(wide)}${`${fromMs}`.padEnd(columns)}${toMs} ms`;
  return [head, ...lines].join("\n");
}

const SIGNS: Readonly<Partial<Record<TreeHappened["type"], string>>> = {
  launched: "-",
  ready: "=",
  stopping: "~",
  exited: " ",
};

function drawn(
  own: readonly TreeHappened[],
  columns: number,
  columnOf: (at: number) => number,
): string {
  const cells: string[] = Array.from({ length: columns }, () => " ");
  const failures: number[] = [];
  for (const one of own) {
    const sign = SIGNS[one.type];
    if (sign === undefined) continue;
    const from = Math.max(0, columnOf(one.at));
    cells.fill(sign, from);
    if (one.type === "exited" && one.failed) failures.push(columnOf(one.at));
  }
  for (const column of failures) if (column >= 0 && column < columns) cells[column] = "x";
  return cells.join("");
}
