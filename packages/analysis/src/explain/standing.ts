// How one policy stands, in words: what it has counted, and what its limit is. Of a kind that is not known
// here all counters are listed.

import type { PolicyDescription } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { Counters } from "./counters.js";

const ONE = {
  launches: "launch",
  restarts: "restart",
  failures: "failure",
  crashes: "crash",
  pauses: "pause",
};

function some(count: Counters[string] | undefined, what: string): string {
  const one = ONE[what as keyof typeof ONE] ?? what;
  return `${grouped(count ?? 0)} ${count === 1 ? one : what}`;
}

/** What can only refuse has nothing to say about a launch. */
export function isCounting({ kind }: PolicyDescription): boolean {
  return !["restartOn", "giveUpOn", "stopWhen"].includes(kind);
}

/** `name` does something: a part of a sentence. */
export function standingOf(
  name: string,
  { kind, options }: PolicyDescription,
  counters: Counters,
): string {
  const { count, limit, windowMs, retries, restarts, score, threshold, capMs } = counters;
  const counts = typeof options.counts === "string" ? options.counts : "failures";
  switch (kind) {
    case "slidingWindow":
      return `${name} has counted ${some(count, counts)} in ${grouped(windowMs ?? 0)} ms, and its limit is ${grouped(limit ?? 0)}`;
    case "pausingWindow":
      return `${name} has begun ${some(counters.pauses, "pauses")} in a row, and its limit is ${grouped(limit ?? 0)} failures in ${grouped(windowMs ?? 0)} ms`;
    case "crashBudget": {
      const what = counts === "launches" ? counts : "crashes";
      return `${name} has counted ${some(count, what)} in its window of ${grouped(windowMs ?? 0)} ms, and it retries ${grouped(retries ?? 0)}`;
    }
    case "lifetimeCap":
      return `${name} has admitted ${some(restarts, "restarts")}, and its limit is ${grouped(limit ?? 0)}`;
    case "decayingBudget":
      return `${name} has a score of ${Number(Number(score ?? 0).toFixed(3))}, and its threshold is ${grouped(threshold ?? 0)}`;
    case "backoff": {
      const cap = capMs === undefined ? "" : `, and its delays end at ${grouped(capMs)} ms`;
      return `${name} has counted ${some(count, counts)} in a row${cap}`;
    }
    case "restartOn":
      return `${name} is ${JSON.stringify(options.type)}, and wants no restart after the last exit`;
    case "giveUpOn":
      return `${name} takes the last exit for permanent`;
    case "stopWhen":
      return `the last exit is what ${name} waits for`;
    default: {
      const listed = Object.entries(counters).map(([key, value]) => `${key} ${grouped(value)}`);
      return listed.length > 0
        ? `${name} has ${listed.join(", ")}`
        : `that is the answer of ${name}`;
    }
  }
}
