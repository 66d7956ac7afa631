// A script as a table of fixed width: what happened when, and what was decided.

import type { RestartDecision, RestartPolicy } from "@steadfast/policy";
import { show } from "../kernel/claim.js";
import { textTable } from "../kernel/text-table.js";
import type { RestartScript, ScriptEvent } from "./script.js";
import { tellAsFarAsItGoes } from "./tell.js";

/** The script with the policy's decisions; where it throws, what it throws. */
export function scriptTable(policy: RestartPolicy, script: RestartScript): string {
  const moments = tellAsFarAsItGoes(policy, script);
  const rows = script.map(({ event }, i) => {
    const { now, decision } = moments[i] ?? {};
    return [`${i + 1}`, `${now ?? ""}`, eventText(event), decision ? decisionText(decision) : ""];
  });
  return textTable([["#", "now", "event", "decision"], ...rows]);
}

/** A script that is told after something else, whose decisions are not one policy's. */
export function sequelTable(script: RestartScript): string {
  const rows = script.map(({ gapMs, event }, i) => [`${i + 1}`, `+${gapMs}`, eventText(event)]);
  return textTable([["#", "gap", "event"], ...rows]);
}

/** What was told, with its decisions, and what was told after it. */
export function bothTables(
  policy: RestartPolicy,
  before: RestartScript,
  then: string,
  after: RestartScript,
): string {
  const first = `  before:\n${scriptTable(policy, before)}`;
  return after.length === 0 ? first : `${first}\n  ${then}:\n${sequelTable(after)}`;
}

export function eventText(event: ScriptEvent): string {
  if (event.type === "launch") return `${event.cause} (draw ${event.draw})`;
  if (event.type !== "exited") return event.type;
  const { exit, failed, uptimeMs } = event;
  return `exited ${exit.kind}${failed ? ", a failure," : ""} up ${uptimeMs}`;
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
