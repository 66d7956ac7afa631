// A trace in columns. An exit and the request that follows it at the same instant are one line; lines that say
// the same are one line, with how often and from when to when.

import {
  PolicyOptionsError,
  type RestartDecision,
  type RestartEvent,
  readArguments,
} from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { DiffRow } from "./types.js";

interface Line {
  readonly from: number;
  readonly to: number;
  readonly times: number;
  readonly event: string;
  readonly a: string;
  readonly b: string;
}

type Cells = readonly [at: string, event: string, a: string, b: string];

/**
 * Draws what two policies answered to the same events as a text in columns: for what `replay` found, or any list of
 * rows of one's own.
 *
 * Pure; decides nothing. Units: instants in milliseconds, as they stand in the rows. An exit and the request that follows it
 * at the same instant are one line; lines that say the same are one line, with how often. Errors:
 * `PolicyOptionsError` for rows that are no list, and for anything but two names.
 *
 * @since 0.1.0
 * @example
 * const event = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
 * const row = { at: 0, event, a: launch(), b: refuse("night", null) } as const;
 * diffTable([row], ["before", "after"]).split("\n")[1];
 * // => "    0  start?  launch  never: night"
 */
export function diffTable(rows: readonly DiffRow[], names: readonly [string, string]): string {
  readArguments("diffTable", arguments, 2);
  if (!Array.isArray(rows)) {
    throw new PolicyOptionsError("diffTable", "rows", "a list of rows", rows);
  }
  if (!Array.isArray(names) || names.length !== 2) {
    throw new PolicyOptionsError("diffTable", "names", "two names", names);
  }
  return tableOf(rows, names);
}

export function tableOf(trace: readonly DiffRow[], names: readonly [string, string]): string {
  const lines: Cells[] = [["at ms", "event", ...names], ...folded(linesOf(trace)).map(cellsOf)];
  const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => (line[i] as string).length)));
  return lines
    .map(([at, ...rest]) => {
      const cells = rest.map((cell, i) => cell.padEnd(widths[i + 1] ?? 0));
      return [at.padStart(widths[0] as number), ...cells].join("  ").trimEnd();
    })
    .join("\n");
}

function linesOf(trace: readonly DiffRow[]): Line[] {
  return trace.flatMap(({ at, event, a, b }, i) => {
    if (event.type === "exited") return [];
    const before = exitOf(trace[i - 1], at);
    const asked = before === null ? wordOf(event) : `${before}; ${wordOf(event)}`;
    return [{ from: at, to: at, times: 1, event: asked, a: answer(a), b: answer(b) }];
  });
}

function folded(lines: readonly Line[]): Line[] {
  const all: Line[] = [];
  for (const line of lines) {
    const last = all.at(-1);
    const same = last && last.event === line.event && last.a === line.a && last.b === line.b;
    if (same) all[all.length - 1] = { ...last, to: line.to, times: last.times + 1 };
    else all.push(line);
  }
  return all;
}

function cellsOf({ from, to, times, event, a, b }: Line): Cells {
  const at = from === to ? grouped(from) : `${grouped(from)} to ${grouped(to)}`;
  return [at, times === 1 ? event : `${event} (${grouped(times)} times)`, a, b];
}

/** The exit right before a request, in words. */
function exitOf(before: DiffRow | undefined, at: number): string | null {
  if (before?.event.type !== "exited" || before.at !== at) return null;
  return `${before.event.exit.kind} after ${grouped(before.event.uptimeMs)} ms`;
}

function wordOf(event: RestartEvent): string {
  if (event.type === "launch") return `${event.cause}?`;
  return event.type;
}

function answer(decision: RestartDecision | null): string {
  if (decision === null) return "not yet healthy";
  if (decision.type === "noted") return "noted";
  if (decision.type === "launch") {
    return decision.delayMs === 0 ? "launch" : `launch in ${grouped(decision.delayMs)} ms`;
  }
  const wait = decision.retryAfterMs;
  return wait === null
    ? `never: ${decision.reason}`
    : `not for ${grouped(wait)} ms: ${decision.reason}`;
}
