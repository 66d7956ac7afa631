// A limit that a crash loop never reaches, whatever stands between: the child was launched over and over, the
// limit was asked each time, and never said no. What was heard there says what the limit would have to be.

import { grouped } from "../simulate/grouped.js";
import { type CrashLoop, type Heard, heardAt } from "./crash-loop.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";
import { declaredLimit, isLimit, isOff, sizeOf } from "./limits.js";
import { needsOf } from "./needs.js";
import { highestScore } from "./never-trips.js";
import { isKnown, type Place } from "./places.js";
import { saidAs } from "./said-as.js";

/** Null: it is reached, or the loop says nothing about it. */
export function outOfReach(place: Place, loop: CrashLoop): Finding | null {
  const { description } = place;
  const heard = heardAt(place, loop);
  if (!loop.endless || !heard || heard.refused || isOff(description)) return null;
  if (!isKnown(description)) return ownOutOfReach(place, heard, loop);
  if (!isLimit(description)) return null;
  // What it counts did not happen, or not often enough to tell.
  if (heard.stamps.length < 2 * sizeOf(description)) return null;
  return description.kind === "decayingBudget"
    ? tooFaded(place, heard, loop)
    : tooFar(place, heard, loop);
}

const launched = ({ launches, withinMs }: CrashLoop) =>
  `a child that crashes at once was launched ${grouped(launches)} times within ${grouped(withinMs)} ms`;

function tooFar(place: Place, heard: Heard, loop: CrashLoop): Finding {
  const needs = needsOf(place, heard);
  const { option, value, windowMs, neededMs, reachable, over, most } = needs;
  const limit = saidAs(place, option, value);
  const window = saidAs(place, "windowMs", windowMs);
  const fixes = [
    ...(neededMs === null ? [] : [`${window.name} to at least ${grouped(neededMs)}`]),
    ...(reachable === null ? [] : [`${limit.name} to at most ${grouped(reachable + limit.more)}`]),
  ];
  return {
    code: "limit-unreachable",
    severity: "warning",
    message: `${limit.owner}: ${launched(loop)}, and never met ${limit.name} ${grouped(value + limit.more)}: at most ${grouped(most)} fell into ${window.name} ${grouped(windowMs)}, and it takes ${grouped(value + over)}`,
    numbers: {
      [option]: value,
      windowMs,
      launches: loop.launches,
      withinMs: loop.withinMs,
      ...(neededMs !== null && { neededWindowMs: neededMs }),
      ...(reachable !== null && { reachable }),
    },
    fix: `set ${fixes.join(", or ")}`,
    by: "simulation",
    path: place.path,
  };
}

function tooFaded({ description, path }: Place, heard: Heard, loop: CrashLoop): Finding {
  const threshold = number(description.options.threshold);
  const halfLifeMs = number(description.options.halfLifeMs);
  const highest = highestScore(heard.stamps, halfLifeMs);
  return {
    code: "limit-unreachable",
    severity: "warning",
    message: `decayingBudget: ${launched(loop)}, and the threshold of ${threshold} was never exceeded: the highest score was ${highest.toFixed(3)}`,
    numbers: {
      threshold,
      halfLifeMs,
      launches: loop.launches,
      withinMs: loop.withinMs,
      highestScore: highest,
    },
    fix: `set threshold below ${highest.toFixed(3)}, or halfLifeMs to more`,
    by: "simulation",
    path,
  };
}

/** Of a policy of another kind it is not known what it counts. */
function ownOutOfReach(place: Place, heard: Heard, loop: CrashLoop): Finding | null {
  const { description, path } = place;
  const { kind, windowMs } = description;
  const { name, value } = declaredLimit(description);
  if (value === 0 || heard.asks.length < 2 * value) return null;
  return {
    code: "limit-unreachable",
    severity: "warning",
    message: `${kind}: ${launched(loop)}, and never met ${name} ${grouped(value)}`,
    numbers: {
      [name]: value,
      ...(windowMs !== undefined && { windowMs }),
      launches: loop.launches,
      withinMs: loop.withinMs,
    },
    fix: "shorten the delays, or compose it with giveUp(slidingWindow({ limit, windowMs }))",
    by: "simulation",
    path,
  };
}
