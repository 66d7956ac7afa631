// What nothing bounds: a child that crashes at once goes on forever, and no limit in the policy is what was
// meant to end it (a limit that is out of reach is reported as that).
//
// - `hot-loop`: it is launched over and over at one and the same instant.
// - `endless-restarts`: it is launched forever, with delays, and no request is ever refused.
//
// Either follows from the description where all kinds are known and none of them limits anything; otherwise
// it was seen a thousand times in a row.

import type { RestartPolicy } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { endAdvice, hotAdvice } from "./advice.js";
import type { CrashLoop } from "./crash-loop.js";
import type { Finding } from "./finding.js";
import { isEnd, isLimit, isOff, sizeOf } from "./limits.js";
import { isKnown, type Place } from "./places.js";

/** A limit is judged by a loop that is twice as long as it takes. */
const MOST_JUDGED = 5_000;

export function unbounded(
  policy: RestartPolicy,
  places: readonly Place[],
  loop: CrashLoop,
): Finding | null {
  if (!loop.endless || loop.refusals > 0) return null;
  const limits = places.filter(
    ({ description }) => !isOff(description) && (isLimit(description) || isEnd(description)),
  );
  if (limits.some(({ description }) => sizeOf(description) > MOST_JUDGED)) return null;
  const { launches, withinMs } = loop;
  const common = {
    numbers: { launches, withinMs },
    by: isKnown(policy.describe) && limits.length === 0 ? "proof" : "simulation",
    path: [],
  } as const;
  if (withinMs === 0) {
    return {
      ...common,
      code: "hot-loop",
      severity: "error",
      message: `a child that crashes at once is launched ${grouped(launches)} times in one millisecond: neither a delay nor a limit is in the way`,
      fix: hotAdvice(places),
    };
  }
  return {
    ...common,
    code: "endless-restarts",
    severity: "warning",
    message: `a child that crashes at once is launched ${grouped(launches)} times within ${grouped(withinMs)} ms, and no request is ever refused`,
    fix: `if it should give up, ${endAdvice(places)}`,
  };
}
