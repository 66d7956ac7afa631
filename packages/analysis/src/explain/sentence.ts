import type { Millis, RestartDecision } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { Change } from "./change.js";
import type { Counters } from "./counters.js";
import type { DecidedBy } from "./explanation.js";

/** An explanation in one sentence. */
export function sentenceOf(
  decision: RestartDecision,
  decidedBy: DecidedBy,
  counters: Counters,
  change: Change,
  now: Millis,
): string {
  const who = nameOf(decidedBy);
  const counts = Object.entries(counters).map(([name, value]) => `${name} ${grouped(value)}`);
  const because = counts.length > 0 ? ` (${counts.join(", ")})` : "";
  return `${verdict(decision, who, because, now)}${outlook(decision, change)}.`;
}

function verdict(decision: RestartDecision, who: string, because: string, now: Millis): string {
  if (decision.type === "noted") return `Noted by ${who}${because}`;
  if (decision.type === "refuse") return `Refused as ${decision.reason} by ${who}${because}`;
  if (decision.delayMs === 0) return `Launched at once: nothing in ${who} objects${because}`;
  const at = now + Math.ceil(decision.delayMs);
  return `Launched in ${grouped(decision.delayMs)} ms, at ${grouped(at)}: the delay of ${who}${because}`;
}

function outlook(decision: RestartDecision, { changesAt, changesTo, certainty }: Change): string {
  if (decision.type === "noted") return "";
  if (decision.type === "refuse" && decision.retryAfterMs === null)
    return "; never again without a reset";
  if (changesAt === null || changesTo === null) return "";
  const at = grouped(changesAt);
  if (certainty === "bound") return `; the answer changes at ${at} at the earliest`;
  const would = decision.type === "refuse" ? "asked again" : "asked";
  return `; ${would} at ${at}, ${answer(changesTo)}`;
}

function answer(decision: RestartDecision): string {
  if (decision.type === "refuse") return `it would be refused as ${decision.reason}`;
  const later = decision.type === "launch" && decision.delayMs > 0;
  return later
    ? `it would be launched in ${grouped(decision.delayMs)} ms`
    : "it is launched at once";
}

function nameOf({ path, name }: DecidedBy): string {
  return path.length === 0 ? name : `${name} at ${path.join(".")}`;
}
