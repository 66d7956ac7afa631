// An explanation in one sentence, as a colleague would write it: the answer, why, and until when.
//
// A member is called by its name; where two have the same, by its place, as code would write it.

import type { Millis, PolicyDescription, RestartDecision } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { Change } from "./change.js";
import type { Counters } from "./counters.js";
import type { DecidedBy } from "./explanation.js";
import { isCounting, standingOf } from "./standing.js";

/** What there is to say. */
export interface Said {
  readonly decision: RestartDecision;
  readonly decidedBy: DecidedBy;
  readonly description: PolicyDescription;
  readonly counters: Counters;
  /** What made a "not yet" final, and for how long it was. */
  readonly final: { readonly by: DecidedBy; readonly waitMs: Millis } | null;
  /** What made a "not yet" a delay. */
  readonly waitedBy: DecidedBy | null;
  readonly change: Change;
  /** The names of all members. */
  readonly names: readonly string[];
  readonly now: Millis;
}

export function sentenceOf(said: Said): string {
  const { decision } = said;
  if (decision.type === "noted") return `Noted by ${nameOf(said.decidedBy, said.names)}.`;
  return decision.type === "refuse" ? refusal(said, decision.reason) : launch(said);
}

function refusal(said: Said, reason: string): string {
  const { decidedBy, description, counters, final, change, now, names } = said;
  const standing = standingOf(nameOf(decidedBy, names), description, counters);
  if (said.decision.type === "refuse" && said.decision.retryAfterMs === null) {
    const made = final
      ? `; that would be for ${grouped(final.waitMs)} ms, and ${firstWord(final.by.name)} makes it final`
      : "";
    return `Refused for good (${reason}): ${standing}${made}; only a reset changes that.`;
  }
  return `Refused for now (${reason}): ${standing}${outlook(change, now, "asked again")}.`;
}

function launch(said: Said): string {
  const { decision, decidedBy, description, counters, change, now, names } = said;
  const name = nameOf(decidedBy, names);
  const delayMs = decision.type === "launch" ? decision.delayMs : 0;
  if (delayMs === 0) {
    const counts = !description.members && isCounting(description) && hasAny(counters);
    const objects = counts ? standingOf(name, description, counters) : `nothing in ${name} objects`;
    const isPassed = description.kind === "when" && counters.matched !== true;
    const why = isPassed ? `${name} has no exit to decide about` : objects;
    return `Launched at once: ${why}${outlook(change, now, "asked")}.`;
  }
  const at = now + Math.ceil(delayMs);
  const standing = standingOf(name, description, counters);
  const sure = change.certainty === "bound" ? outlook(change, now, "asked") : "";
  const waits = said.waitedBy ? `, and ${firstWord(said.waitedBy.name)} waits for that` : "";
  return `Launched in ${grouped(delayMs)} ms, at the instant ${grouped(at)}: ${standing}${waits}${sure}.`;
}

function hasAny(counters: Counters): boolean {
  return Object.keys(counters).length > 0;
}

function outlook({ changesAt, changesTo, certainty }: Change, now: Millis, asked: string): string {
  if (changesAt === null || changesTo === null) return "";
  const at = `the instant ${grouped(changesAt)}`;
  if (certainty === "bound") return `; the answer changes at ${at} at the earliest`;
  return `; ${asked} in ${grouped(changesAt - now)} ms, at ${at}, ${answer(changesTo)}`;
}

function answer(decision: RestartDecision): string {
  if (decision.type === "refuse") return `it is refused (${decision.reason})`;
  const later = decision.type === "launch" && decision.delayMs > 0;
  return later ? `it is launched ${grouped(decision.delayMs)} ms later` : "it is launched at once";
}

function nameOf({ path, name }: DecidedBy, names: readonly string[]): string {
  if (path.length === 0 || names.filter((one) => one === name).length < 2) return name;
  return `${name} (${path.map((i) => `members[${i}]`).join(".")})`;
}

/** `giveUp`, of `giveUp(slidingWindow)`. */
function firstWord(name: string): string {
  return name.replace(/\(.*$/s, "");
}
