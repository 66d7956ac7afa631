// A story of an adapter as a table: one row per attempt.

import { show } from "../kernel/claim.js";
import { textTable } from "../kernel/text-table.js";
import type { LauncherTrace, TraceAct } from "./launcher-trace.js";
import type { RawEnd, RawScript } from "./raw-child.js";

export function showLauncherTrace({ attempts }: LauncherTrace): string {
  const rows = attempts.map(({ child, listen, acts }, index) => [
    `${index + 1}`,
    scriptText(child),
    listen,
    acts.map(actText).join(", ") || "-",
  ]);
  return textTable([["attempt", "the child", "heard", "done to it"], ...rows]);
}

/** Such as `says ready at 0; runs 5, then code 3; stops in 0; dies in 2`. */
export function scriptText(script: RawScript): string {
  const { start = "runs", says = [], runMs = null, stopMs = 0, killMs = 0, odd = [] } = script;
  const strange = odd.length > 0 ? [odd.join(", ")] : [];
  if (start !== "runs") return [start, ...strange].join("; ");
  const { end = { code: 0 }, stopEnd = { code: 0 }, killEnd } = script;
  return [
    ...says.map(({ afterMs, signal }) => `says ${signalText(signal)} at ${afterMs}`),
    runMs === null ? "runs" : `runs ${runMs}, then ${endText(end)}`,
    stopMs === null ? "ignores stop" : `stops in ${stopMs}, then ${endText(stopEnd)}`,
    killMs === null ? "cannot be killed" : `dies in ${killMs}`,
    ...(killEnd ? [`then ${endText(killEnd)}`] : []),
    ...strange,
  ].join("; ");
}

function signalText(signal: { readonly type: string; readonly message?: unknown }): string {
  return signal.type === "message" ? `message ${show(signal.message)}` : signal.type;
}

function endText(end: RawEnd): string {
  return Object.entries(end)
    .map(([key, value]) => `${key} ${show(value)}`)
    .join();
}

function actText({ when, act }: TraceAct): string {
  if (typeof when === "string") return `${act} at the ${when}`;
  return "heard" in when ? `${act} after ${when.heard} heard` : `${act} at ${when.afterMs}`;
}
