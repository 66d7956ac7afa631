// A script as a table of fixed width: what happened when, and what was decided.

import type { Exit, RestartDecision, RestartPolicy } from "@steadfast/policy";
import { show } from "../kernel/claim.js";
import { textTable } from "../kernel/text-table.js";
import { linesIn, type RestartScript, type ScriptEvent, type ScriptLine } from "./script.js";
import { tellAsFarAsItGoes } from "./tell.js";

type Row = readonly string[];

/** A run that is longer is shown by its first time and its last. */
const FEW = 3;

/** A row for each line; of what happens again and again, of the first time and of the last. */
export function storyRows(
  script: RestartScript,
  rowOf: (line: ScriptLine, index: number) => Row,
): readonly Row[] {
  let index = 0;
  return script.flatMap((item): readonly Row[] => {
    if ("event" in item) return [rowOf(item, index++)];
    const { times, lines } = item;
    const rows = linesIn([item]).map((line) => rowOf(line, index++));
    if (times <= FEW) return rows;
    const what = lines.length === 1 ? "this" : `these ${lines.length}`;
    const again = ["...", "", `${what} again, ${times - 2} times`];
    return [...rows.slice(0, lines.length), again, ...rows.slice(-lines.length)];
  });
}

/** No table is longer: of one that is, the beginning and the end are shown. */
const MOST_ROWS = 10;

/** Rows that a person can take in; the input itself has them all. */
export function fitting(rows: readonly Row[], most = MOST_ROWS): readonly Row[] {
  if (rows.length <= most) return rows;
  const first = Math.floor(most / 2);
  const left = rows.length - most + 1;
  const gap = ["...", "", `${left} lines more`];
  return [...rows.slice(0, first), gap, ...rows.slice(first + left)];
}

/** The script with the policy's decisions; where it throws, what it throws. */
export function scriptTable(
  policy: RestartPolicy,
  script: RestartScript,
  most = MOST_ROWS,
): string {
  const moments = tellAsFarAsItGoes(policy, script);
  const rows = storyRows(script, ({ event }, i) => {
    const { now, decision } = moments[i] ?? {};
    return [`${i + 1}`, `${now ?? ""}`, eventText(event), decision ? decisionText(decision) : ""];
  });
  return textTable([["#", "now", "event", "decision"], ...fitting(rows, most)]);
}

/** A script that is played after something else, whose decisions are not one policy's. */
function sequelTable(script: RestartScript, most: number): string {
  const rows = storyRows(script, ({ gapMs, event }, i) => [
    `${i + 1}`,
    `+${gapMs}`,
    eventText(event),
  ]);
  return textTable([["#", "gap", "event"], ...fitting(rows, most)]);
}

/** What was played, with its decisions, and what was played after it. */
export function bothTables(
  policy: RestartPolicy,
  before: RestartScript,
  then: string,
  after: RestartScript,
): string {
  if (before.length === 0) return `  ${then}, on a fresh state:\n${sequelTable(after, MOST_ROWS)}`;
  if (after.length === 0) return `  before:\n${scriptTable(policy, before)}`;
  const half = MOST_ROWS / 2;
  const most = Math.max(half, MOST_ROWS - storyRows(before, () => []).length);
  const first = scriptTable(policy, before, MOST_ROWS - Math.min(half, after.length));
  return `  before:\n${first}\n  ${then}:\n${sequelTable(after, most)}`;
}

export function eventText(event: ScriptEvent): string {
  if (event.type === "launch") return `${event.cause} (draw ${event.draw})`;
  if (event.type !== "exited") return event.type;
  const { exit, failed, uptimeMs } = event;
  return `exited ${exitText(exit)}${failed ? ", a failure," : ""} up ${uptimeMs}`;
}

/** The kind, and what is not usual about it. */
function exitText(exit: Exit): string {
  const { kind, ...rest } = exit;
  const usual = JSON.stringify(rest) === (kind === "failed" ? '{"code":1}' : '{"code":0}');
  return usual || Object.keys(rest).length === 0 ? kind : `${kind} ${show(rest)}`;
}

export function decisionText(decision: RestartDecision): string {
  if (decision?.type === "launch") {
    return decision.delayMs === 0 ? "launch" : `launch in ${decision.delayMs}`;
  }
  if (decision?.type === "refuse") {
    const { reason, retryAfterMs } = decision;
    return `refuse ${reason}, ${retryAfterMs === null ? "never" : `again in ${retryAfterMs}`}`;
  }
  return decision?.type === "noted" ? "noted" : show(decision);
}
