// What happened and what was decided, in words.

import { explain } from "@steadfast/analysis";
import type { RestartDecision, RestartPolicy } from "@steadfast/policy";
import { durationWords, humanized } from "./durations.ts";
import type { Hit, Played, Step } from "./played.ts";
import type { MarkKind } from "./scene.ts";

export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  crash: "crash",
  clean: "clean exit",
  reset: "reset by an operator",
};

/** What happened to the child, or was asked again, without its time. */
export function eventName({ event, ended }: Step): string {
  if (ended !== null) return ended.failed ? "crashed" : "ended well";
  if (event.type !== "launch") return event.type;
  return event.cause === "start" ? "start" : "asked again";
}

export function eventWords(step: Step): string {
  const { ended } = step;
  return ended === null
    ? eventName(step)
    : `${eventName(step)} after ${durationWords(ended.uptimeMs)}`;
}

export function decisionWords(decision: RestartDecision): string {
  if (decision.type === "noted") return "noted";
  if (decision.type === "launch") {
    return decision.delayMs === 0
      ? "launch at once"
      : `launch in ${durationWords(decision.delayMs)}`;
  }
  const { reason, retryAfterMs } = decision;
  return retryAfterMs === null
    ? `never (${reason})`
    : `not for ${durationWords(retryAfterMs)} (${reason})`;
}

/** Why, as `explain` says it. */
export function sentenceOf(policy: RestartPolicy, { before, event, at }: Step): string {
  return humanized(explain(policy, before, event, at).sentence);
}

/** What became of a mark; "" where it did what it says. */
export function hitWords(hit: Hit): string {
  if (hit.type === "hit") return "";
  if (hit.type === "beyond") return "beyond the end";
  if (hit.until === null) return "not running: it is over";
  return `not running: it waits until ${durationWords(hit.until)}`;
}

/** How it stands at the end of the line, with its tally. */
export function endWords({ spans, over, cutAt }: Played): string {
  const count = (kind: string) => spans.filter((span) => span.kind === kind).length;
  const ups = spans.filter(({ kind }) => kind === "up");
  const upMs = ups.reduce((sum, { from, to }) => sum + to - from, 0);
  const launches = `${count("up")} ${count("up") === 1 ? "launch" : "launches"}`;
  const tally = `${launches}, up for ${durationWords(upMs)}`;
  if (cutAt !== null) return `${tally}; cut off at ${durationWords(cutAt)}: too many answers`;
  if (over === null) return tally;
  const why = over.reason === null ? "" : ` (${over.reason})`;
  const how = over.outcome === "refused" ? "given up" : over.outcome;
  return `${tally}; ${how}${why} at ${durationWords(over.at)}`;
}
