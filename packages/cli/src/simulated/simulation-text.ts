// A simulation for a person: what came of it in a sentence, and its launches as a table, of many the first and the last.

import type { SimulatedLaunch, Simulation } from "@steadfast/analysis";
import type { AnyExit } from "@steadfast/policy";
import { fill } from "../status/cells.js";
import { compact } from "../status/compact.js";

const FIRST = 8;
const LAST = 3;

const ENDS = {
  horizon: (): string => "it goes on",
  "max-launches": (): string => "it goes on; no more launches were simulated",
  completed: (): string => "it is done",
  excused: (): string => "it is done",
  refused: ({ why }: Simulation): string => `it is given up: ${why}`,
  failed: ({ why }: Simulation): string => `the policy breaks its contract: ${why}`,
} as const;

export function verdictOf(simulation: Simulation): string {
  const { launches, untilMs, uptimeMs, downtimeMs, refusals, end } = simulation;
  const up = untilMs === 0 ? 0 : (100 * uptimeMs) / untilMs;
  const counted = `${launches.length} launch${launches.length === 1 ? "" : "es"}`;
  const waits = refusals.filter(({ retryAfterMs }) => retryAfterMs !== null).length;
  const refused = waits > 0 ? `, ${waits} times refused for a while` : "";
  const down = `up for ${up.toFixed(1)} %, down for ${compact(downtimeMs)}`;
  return `${counted} in ${compact(untilMs)}, ${down}${refused}; then ${ENDS[end](simulation)}`;
}

/** Lines of the table, the head first; none where nothing was launched. */
export function launchLines({ launches }: Simulation): readonly string[] {
  if (launches.length === 0) return [];
  const rows = launches.map((launch, i) => cellsOf(launch, launches[i - 1], i + 1));
  const isLong = rows.length > FIRST + LAST + 1;
  const left = rows.length - FIRST - LAST;
  const shown = isLong ? [...rows.slice(0, FIRST), ...rows.slice(-LAST)] : rows;
  const all = [["", "at", "waited", "lived", "ended"], ...shown];
  const widths =
    all[0]?.map((_, i) => Math.max(...all.map((cells) => cells[i]?.length ?? 0))) ?? [];
  const lines = all.map((cells) =>
    cells
      .map((cell, i) => fill(cell, widths[i] ?? 0, i === cells.length - 1 ? "left" : "right"))
      .join("  ")
      .trimEnd(),
  );
  if (isLong) lines.splice(FIRST + 1, 0, `  (${left} more)`);
  return lines;
}

function cellsOf(
  { at, uptimeMs, exit }: SimulatedLaunch,
  before: SimulatedLaunch | undefined,
  attempt: number,
): readonly string[] {
  const since = before ? before.at + (before.uptimeMs ?? 0) : 0;
  const lived = uptimeMs === null ? "lives" : compact(uptimeMs);
  return [`${attempt}`, compact(at), compact(at - since), lived, exit ? exitWords(exit) : ""];
}

function exitWords({ kind, code, signal }: AnyExit): string {
  if (signal) return signal;
  if (code !== undefined && code !== null) return `exit code ${code}`;
  return kind;
}
