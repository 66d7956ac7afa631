// Which policies of a known kind limit anything, and which of them are turned off.

import type { PolicyDescription } from "@steadfast/policy";
import { number } from "./curves.js";

const A_LIMIT = /limit|burst|retries|restarts|attempts|intensity/i;

/** Whether it refuses a child that crashes fast enough, or often enough. */
export function isLimit({ kind, options }: PolicyDescription): boolean {
  const holds = number(options.windowMs) > 0 || options.edge === "closed";
  switch (kind) {
    case "slidingWindow":
      return options.limit === 0 ? options.limitZero !== "unlimited" : holds;
    case "crashBudget":
      return holds;
    case "pausingWindow":
      return holds && (number(options.pauseMs) > 0 || typeof options.maxPauses === "number");
    case "decayingBudget":
      return options.onTrip === "hold" && number(options.pauseMs) > 0;
    default:
      return false;
  }
}

/** Whether it refuses any child sooner or later, however slowly that crashes. */
export function isEnd({ kind, options }: PolicyDescription): boolean {
  return kind === "lifetimeCap" || (kind === "restartOn" && options.type === "temporary");
}

/** A limit that nothing can reach is how it is turned off. */
export function isOff(description: PolicyDescription): boolean {
  return sizeOf(description) >= Number.MAX_SAFE_INTEGER;
}

/** After how many crashes in a row, roughly, a policy refuses; 0 for one that has no limit. */
export function sizeOf({ options, limit }: PolicyDescription): number {
  const sizes = ["limit", "retries", "restarts", "threshold"].map((key) => number(options[key]));
  return Math.max(limit ?? 0, ...sizes);
}

/** The limit that a policy of another kind declares, or has an option for; 0 for none. */
export function declaredLimit({ limit, options }: PolicyDescription) {
  if (limit !== undefined) return { name: "limit", value: limit };
  const names = Object.keys(options).filter(
    (name) => A_LIMIT.test(name) && number(options[name]) > 0,
  );
  const [name = "limit"] = names;
  return { name, value: names.length === 1 ? number(options[name]) : 0 };
}

/** The largest limit that a description says anywhere, of those up to `most`: after so many it acts. */
export function largestLimit(description: PolicyDescription, most: number): number {
  const { limit = 0, options, members = [] } = description;
  const named = Object.keys(options).filter((name) => A_LIMIT.test(name) || name === "threshold");
  const sizes = [limit, ...named.map((name) => number(options[name]))];
  const here = Math.max(0, ...sizes.filter((size) => size <= most));
  return Math.max(Math.ceil(here), ...members.map((member) => largestLimit(member, most)));
}
