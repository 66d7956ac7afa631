// What nothing bounds. A child that crashes at once is put before the policy.
//
// - `hot-loop`: it is launched over and over at one and the same instant.
// - `endless-restarts`: it is launched for ever, with delays, and no request is ever refused.
//
// Either follows from the description where all kinds are known and none of them limits anything;
// otherwise it was seen a thousand times in a row, and a limit of a known kind is well below that.

import type { PolicyDescription, RestartPolicy } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import type { SupervisionRules } from "../simulate/rules.js";
import { simulate } from "../simulate/simulate.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";
import { isKnown, type Place } from "./places.js";

const SEEN = 1_000;
const YEAR_MS = 365 * 86_400_000;

export function unbounded(
  policy: RestartPolicy,
  places: readonly Place[],
  unreachable: readonly Finding[],
  rules: SupervisionRules,
): Finding | null {
  const known = isKnown(policy.describe);
  const isOut = ({ path }: Place) => unreachable.some((one) => one.path.join() === path.join());
  // A limit that nothing can reach is how it is turned off.
  const isOff = ({ description }: Place) => sizeOf(description) >= Number.MAX_SAFE_INTEGER;
  const limits = places.filter(
    (place) => limiting(place.description) && !isOut(place) && !isOff(place),
  );
  if (limits.some(({ description }) => sizeOf(description) > SEEN / 2)) return null;
  const world = { uptimeMs: 0, forMs: YEAR_MS, maxLaunches: SEEN };
  const { launches, refusals, end } = simulate(policy, world, rules);
  if (refusals.length > 0 || end !== "max-launches") return null;

  const forMs = launches.at(-1)?.at ?? 0;
  const common = {
    numbers: { launches: SEEN, withinMs: forMs },
    by: known && limits.length === 0 ? "proof" : "simulation",
    path: [],
  } as const;
  if (forMs === 0) {
    return {
      ...common,
      code: "hot-loop",
      severity: "error",
      message: `a child that crashes at once is launched ${grouped(SEEN)} times in one millisecond: neither a delay nor a limit is in the way`,
      fix: "compose it with a limit, inTurn(backoff(), slidingWindow({ limit: 10, windowMs: 600_000 })), or at least with backoff()",
    };
  }
  return {
    ...common,
    code: "endless-restarts",
    severity: "warning",
    message: `a child that crashes at once is launched ${grouped(SEEN)} times within ${grouped(forMs)} ms, and no request is ever refused`,
    fix: "if it is to give up, compose it with giveUp(slidingWindow({ limit, windowMs })) or lifetimeCap({ restarts })",
  };
}

/** Whether a policy of a known kind refuses a child that crashes again and again, sooner or later. */
function limiting({ kind, options }: PolicyDescription): boolean {
  switch (kind) {
    case "slidingWindow": {
      const holds = number(options.windowMs) > 0 || options.edge === "closed";
      return options.limit === 0 ? options.limitZero !== "unlimited" : holds;
    }
    case "crashBudget":
      return number(options.windowMs) > 0 || options.edge === "closed";
    case "decayingBudget":
      return options.onTrip === "hold" && number(options.pauseMs) > 0;
    case "lifetimeCap":
      return true;
    case "restartOn":
      return options.type === "temporary";
    default:
      return false;
  }
}

/** After how many crashes in a row, roughly, that is. */
function sizeOf({ options }: PolicyDescription): number {
  const sizes = ["limit", "retries", "restarts", "threshold"].map((key) => number(options[key]));
  return Math.max(...sizes);
}
