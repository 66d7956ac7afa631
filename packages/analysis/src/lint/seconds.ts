// Seconds where milliseconds belong. Nothing about 600 is wrong but that nobody restarts a process in it; so
// these are guesses, and warnings. What is taken for seconds:
//
// - a window, half-life or pause below 60, or a multiple of 30 below 1 000, or 1 800, 3 600 and the other
//   usual numbers of hours and days in seconds. Not 100, 250, 500: those are usual milliseconds;
// - a first delay that is a fraction below 1; delays that begin at 10 or less and stay below 100, or end at a
//   multiple of 30 below 1 000; a retry delay of 5 or less;
// - a time limit of `supervise` below 60, or 60, 90 or 120.
//
// 0 is no duration, but off. A preset's own option is named where it has the same value.

import type { PolicyDescription } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";
import type { Place } from "./places.js";
import { saidAs } from "./said-as.js";

const HOURS = [1_800, 3_600, 7_200, 14_400, 21_600, 28_800, 43_200, 86_400, 172_800, 604_800];
const LIMITS = [60, 90, 120];

const isSpan = (ms: number) =>
  (ms > 0 && ms < 60) || (ms > 0 && ms < 1_000 && ms % 30 === 0) || HOURS.includes(ms);
const isTimeLimit = (ms: number) => (ms > 0 && ms < 60) || LIMITS.includes(ms);
const isRetryDelay = (ms: number) => ms > 0 && ms <= 5;

function isDelay(firstMs: number, longestMs: number): boolean {
  if (firstMs > 0 && firstMs < 1) return true;
  const slow = longestMs < 100 || (longestMs < 1_000 && longestMs % 30 === 0);
  return firstMs > 0 && firstMs <= 10 && slow;
}

/** The durations of one policy that look like seconds, by the names of its options. */
function suspectsOf({ kind, options, capMs }: PolicyDescription): readonly string[] {
  const these = (names: readonly string[], is: (ms: number) => boolean) =>
    names.filter((name) => is(number(options[name])));
  switch (kind) {
    case "slidingWindow":
      return these(["windowMs"], isSpan);
    case "crashBudget":
      return [...these(["windowMs"], isSpan), ...these(["retryDelayMs"], isRetryDelay)];
    case "pausingWindow":
      return these(["windowMs", "pauseMs"], isSpan);
    case "decayingBudget":
      return these(["halfLifeMs", "pauseMs"], isSpan);
    case "backoff": {
      const isGuessed = isDelay(number(options.initialMs), capMs ?? Infinity);
      return isGuessed ? ["initialMs", "capMs"] : [];
    }
    default:
      return [];
  }
}

/** Curves have their delays in options of their own. */
function curveOf({ kind, options, capMs }: PolicyDescription): PolicyDescription["options"] | null {
  const curve = options.curve as { readonly options?: PolicyDescription["options"] } | undefined;
  if (kind !== "backoff" || !curve?.options) return null;
  const [firstOfTable] = (curve.options.delaysMs ?? []) as readonly number[];
  const firstMs = number(curve.options.initialMs ?? curve.options.delayMs ?? firstOfTable);
  return isDelay(firstMs, capMs ?? Infinity) ? curve.options : null;
}

export function seconds(place: Place): Finding | null {
  const { description, path } = place;
  const curve = curveOf(description);
  const options = curve ?? description.options;
  const names = curve
    ? Object.keys(curve).filter((name) => name.endsWith("Ms"))
    : suspectsOf(description);
  const said = names.flatMap((name) => {
    const [ms] = [options[name]].flat(); // of a table, its first delay
    return typeof ms === "number" ? [{ ...saidAs(place, name, ms), ms }] : [];
  });
  const [first] = said;
  return first
    ? findingOf(
        first.owner,
        said.map(({ name, ms }) => [name, ms] as const),
        path,
      )
    : null;
}

/** The time limits of a supervision, by the names that `supervise` has for them. */
export function secondsOfRules(rules: object): Finding | null {
  const values = Object.entries(rules).filter(
    (entry): entry is [string, number] =>
      entry[0].endsWith("Ms") && typeof entry[1] === "number" && isTimeLimit(entry[1]),
  );
  return values.length === 0 ? null : findingOf("supervise", values, []);
}

function findingOf(
  owner: string,
  values: readonly (readonly [name: string, ms: number])[],
  path: readonly number[],
): Finding {
  const listed = (factor: number) =>
    values.map(
      ([name, ms]) => `${name} ${factor === 1 ? grouped(ms) : `to ${grouped(ms * factor)}`}`,
    );
  return {
    code: "seconds-for-milliseconds",
    severity: "warning",
    message: `${owner}: ${listed(1).join(" and ")} ${values.length === 1 ? "looks like seconds, and is" : "look like seconds, and are"} taken for milliseconds`,
    numbers: Object.fromEntries(values),
    fix: `if seconds were meant, set ${listed(1_000).join(" and ")}`,
    by: "guess",
    path,
  };
}
