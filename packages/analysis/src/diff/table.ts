// A trace in columns. An exit and the request that follows it at the same instant are one line.

import type { RestartDecision, RestartEvent } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { DiffRow } from "./types.js";

type Line = readonly [at: string, event: string, a: string, b: string];

export function tableOf(trace: readonly DiffRow[], names: readonly [string, string]): string {
  const lines: Line[] = [["at ms", "event", ...names]];
  for (const { at, event, a, b } of trace) {
    if (event.type === "exited") continue;
    const before = exitAt(trace, at, event);
    const asked = before ? `${before}; ${wordOf(event)}` : wordOf(event);
    lines.push([grouped(at), asked, answer(a), answer(b)]);
  }
  const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => (line[i] as string).length)));
  return lines
    .map(([at, ...rest]) => {
      const cells = rest.map((cell, i) => cell.padEnd(widths[i + 1] ?? 0));
      return [at.padStart(widths[0] as number), ...cells].join("  ").trimEnd();
    })
    .join("\n");
}

/** The exit that is told right before a request, in words. */
function exitAt(trace: readonly DiffRow[], at: number, event: RestartEvent): string | null {
  const i = trace.findIndex((row) => row.at === at && row.event === event);
  const before = trace[i - 1];
  if (before?.event.type !== "exited" || before.at !== at) return null;
  return `${before.event.exit.kind} after ${grouped(before.event.uptimeMs)} ms`;
}

function wordOf(event: RestartEvent): string {
  if (event.type === "launch") return `${event.cause}?`;
  return event.type;
}

function answer(decision: RestartDecision | null): string {
  if (decision === null) return "not told";
  if (decision.type === "noted") return "noted";
  if (decision.type === "launch") {
    return decision.delayMs === 0 ? "launch" : `launch in ${grouped(decision.delayMs)} ms`;
  }
  const wait = decision.retryAfterMs;
  return wait === null
    ? `never: ${decision.reason}`
    : `not for ${grouped(wait)} ms: ${decision.reason}`;
}
