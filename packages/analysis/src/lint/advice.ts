// What to do about a child that nothing bounds. What is there already is set right; only what is not there
// is advised. What a preset is made of is not the user's to set.

import type { PolicyDescription } from "@steadfast/policy";
import { longestDelay } from "./curves.js";
import { isEnd, isLimit, isOff } from "./limits.js";
import { isCombinator, type Place } from "./places.js";

/** For one that is launched over and over at one instant. */
export function hotAdvice(places: readonly Place[]): string {
  if (places.some(isInWhen)) {
    return "let something beside `when` delay or limit the exits that it does not match";
  }
  const open = ofTheUser(places);
  const still = open.find((one) => one.kind === "backoff" && longestDelay(one) === 0);
  return (
    whatIsOff(open) ??
    (still
      ? "give backoff a delay: initialMs and capMs above 0"
      : "compose it with a limit, inTurn(backoff(), slidingWindow({ limit: 10, windowMs: 600_000 })), or at least with backoff()")
  );
}

/** For one that goes on forever, with delays. */
export function endAdvice(places: readonly Place[]): string {
  const away = places.find(
    (place) => isInWhen(place) && (isLimit(place.description) || isEnd(place.description)),
  );
  if (away) {
    return `put a limit beside \`when\`: the ${away.description.kind} in it does not hear of other exits`;
  }
  return (
    whatIsOff(ofTheUser(places)) ??
    "compose it with giveUp(slidingWindow({ limit, windowMs })) or lifetimeCap({ restarts })"
  );
}

function isInWhen({ within }: Place): boolean {
  return within.some(({ kind }) => kind === "when");
}

function ofTheUser(places: readonly Place[]): readonly PolicyDescription[] {
  const isOpen = ({ within }: Place) =>
    within.every(({ kind }) => isCombinator(kind) || kind === "when");
  return places.filter(isOpen).map(({ description }) => description);
}

/** How to turn on a limit that is there, and has no time to hold for, or a size that nothing reaches. */
function whatIsOff(open: readonly PolicyDescription[]): string | null {
  for (const description of open) {
    const { kind, options } = description;
    if (options.windowMs === 0) return `set windowMs of ${kind} to at least 1`;
    if (kind === "decayingBudget" && options.pauseMs === 0) {
      return "set pauseMs of decayingBudget to at least 1";
    }
    if (options.limit === 0 && options.limitZero === "unlimited") {
      return `set limit of ${kind} to at least 1: 0 is no limit`;
    }
    if (!isOff(description)) continue;
    const names = ["limit", "retries", "restarts", "threshold"];
    const option = names.find((name) => options[name] !== undefined) ?? "limit";
    return `lower ${option} of ${kind}: nothing can reach it`;
  }
  return null;
}
