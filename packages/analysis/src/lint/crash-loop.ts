// A child that crashes at once, put before a policy, and what the limits in it hear of that: every policy in
// the composition is listened to where it stands, whatever stands around it.

import { type Millis, noted, type RestartEvent, type RestartPolicy } from "@steadfast/policy";
import { type Asked, ask, leavesOf } from "../explain/asked.js";
import { simulate } from "../simulate/simulate.js";
import { sizeOf } from "./limits.js";
import type { LintOptions } from "./options.js";
import type { Place } from "./places.js";

const LEAST_LAUNCHES = 1_000;
const MOST_LAUNCHES = 10_000;

/** What a policy in a composition heard. */
export interface Heard {
  /** The instants of what it counts, oldest first. */
  readonly stamps: Millis[];
  /** When it was asked about a restart, and how many stamps there were by then. */
  readonly asks: { readonly at: Millis; readonly count: number }[];
  /** Whether it said no, be it for a time. */
  refused: boolean;
}

export interface CrashLoop {
  readonly launches: number;
  /** The instant of the last launch. */
  readonly withinMs: Millis;
  /** Whether it would have gone on. */
  readonly endless: boolean;
  /** How many requests were refused, be it for a time. */
  readonly refusals: number;
  /** By path, joined with dots. */
  readonly heard: ReadonlyMap<string, Heard>;
}

/** Runs twice as long as the largest limit in it takes, if that is at most 5 000. */
export function crashLoop(
  policy: RestartPolicy,
  places: readonly Place[],
  rules: LintOptions,
): CrashLoop {
  const heard = new Map<string, Heard>();
  const counting = new Map(places.map(({ path, description }) => [path.join("."), description]));

  function hear(asked: Asked, event: RestartEvent): void {
    for (const leaf of leavesOf(asked)) {
      const key = leaf.path.join(".");
      const description = counting.get(key);
      if (!description || leaf.decision === null) continue;
      const one = heard.get(key) ?? { stamps: [], asks: [], refused: false };
      heard.set(key, one);
      const counts = description.options.counts ?? "failures";
      if (event.type === "exited" && event.failed && counts === "failures")
        one.stamps.push(leaf.at);
      if (event.type !== "launch") continue;
      if (event.cause === "restart") one.asks.push({ at: leaf.at, count: one.stamps.length });
      if (leaf.decision.type === "refuse") one.refused = true;
      const launched = asked.decision?.type === "launch" && leaf.decision.type === "launch";
      const counted = counts === "launches" || (counts === "restarts" && event.cause !== "start");
      if (launched && counted) one.stamps.push(leaf.at);
    }
  }

  const listening: RestartPolicy = {
    name: policy.name,
    describe: policy.describe,
    initial: () => policy.initial(),
    parse: (raw, now) => policy.parse(raw, now),
    step(state, event, now) {
      const asked = ask(policy, state, event, now);
      hear(asked, event);
      return [asked.after, asked.decision ?? noted];
    },
  };
  const sizes = places.map(({ description }) => sizeOf(description));
  const largest = Math.max(0, ...sizes.filter((size) => size <= MOST_LAUNCHES / 2));
  const maxLaunches = Math.max(LEAST_LAUNCHES, 2 * largest + 100);
  const world = { uptimeMs: 0, forMs: Number.MAX_SAFE_INTEGER, maxLaunches };
  const { launches, refusals, end } = simulate(listening, world, rules);
  return {
    launches: launches.length,
    withinMs: launches.at(-1)?.at ?? 0,
    endless: end === "max-launches",
    refusals: refusals.length,
    heard,
  };
}

/** What the policy at this place heard; null if that was nothing. */
export function heardAt({ path }: Place, { heard }: CrashLoop): Heard | null {
  return heard.get(path.join(".")) ?? null;
}
