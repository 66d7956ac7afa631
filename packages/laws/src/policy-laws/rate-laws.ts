// A declared limit holds in every window, and is not out of reach.

import type { Millis, PolicyDescription } from "@steadfast/policy";
import fc from "fast-check";
import { claim } from "../kernel/claim.js";
import { type Reached, trial } from "../kernel/law.js";
import { type CrashLoop, crashLoop } from "./crash-loop.js";
import { LONGEST_BURST } from "./durations.js";
import { loopTable, shorterLoop } from "./loop-table.js";
import { aRefusal } from "./meets.js";
import { drawOf, type RestartScript } from "./script.js";
import { atLine, type PolicyLaw } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import { scriptTable } from "./table.js";
import { tell } from "./tell.js";

const FULL = "a full window";

interface Rate {
  readonly limit: number;
  /** What is so old, or older, is no longer in the window. */
  readonly spanMs: Millis;
  readonly edge: string;
}

/** The declared bound; or why there is none to try. */
function rateOf(describe: PolicyDescription | undefined): Rate | string {
  if (describe?.limit === undefined || describe.windowMs === undefined) {
    return "it declares no limit with a windowMs";
  }
  const { limit, windowMs, options } = describe;
  const closed = options?.edge === "closed";
  const spanMs = closed ? windowMs + 1 : windowMs;
  if (spanMs === 0) return "a window of 0 ms is never full";
  if (limit > LONGEST_BURST) {
    return `a limit of ${limit} is beyond the reach of a script (${LONGEST_BURST}): try it with a smaller one`;
  }
  return { limit, spanMs, edge: closed ? "closed" : "half-open" };
}

/** Counts admissions; throws if there are too many in the window that ends with this one. */
function counter({ limit, spanMs, edge }: Rate, reached: Reached) {
  const admitted: Millis[] = [];
  let first = 0;
  const within = (at: Millis) => {
    while (first < admitted.length && at - (admitted[first] as Millis) >= spanMs) first++;
    return admitted.length - first;
  };
  return {
    admit(at: Millis) {
      admitted.push(at);
      const held = within(at);
      claim(
        held <= limit,
        () =>
          `${held} admitted from ${admitted[first]} to ${at}, declared are at most ${limit} in a ${edge} window of ${edge === "closed" ? spanMs - 1 : spanMs}`,
      );
      if (held === limit) reached(FULL);
    },
    ask(at: Millis) {
      if (within(at) === limit) reached(FULL);
    },
    forget() {
      first = admitted.length;
    },
  };
}

const ADVICE =
  "It is the *declared* `limit` that was broken: a bound on all launches in any window. If some launches are free of it, or it forgives earlier, by design, leave `limit` out of `describe`.";

const LIMIT_IN_FULL = 100;
/** A limit that is larger makes long stories: fewer of them. */
const runsShare = ({ limit }: Rate) => Math.min(1, LIMIT_IN_FULL / Math.max(1, limit));

const rateBound: PolicyLaw = {
  name: "rate-bound",
  says: "no window of windowMs, half-open or closed as described, holds more than `limit` admissions, unless a reset came between",
  advice: ADVICE,
  trial({ policy, describe, probe, longScripts }) {
    const rate = rateOf(describe);
    if (typeof rate === "string") return rate;
    return trial<RestartScript>({
      inputs: probe.scriptsTo(aRefusal),
      cases: [FULL],
      always: longScripts,
      runsShare: runsShare(rate),
      shorter: shorterScript,
      holds(script, reached) {
        const count = counter(rate, reached);
        tell(policy, script).forEach(({ now, event, decision }, i) => {
          if (event.type === "reset") count.forget();
          if (event.type === "launch") count.ask(now);
          if (decision.type === "launch") atLine(i, () => count.admit(now));
        });
      },
      show: (script) => scriptTable(policy, script),
    });
  },
};

const limitIsReal: PolicyLaw = {
  name: "limit-is-real",
  says: "a child that always dies after the same time, healthy or not, comes to the limit: no life and no delay get round it",
  advice: ADVICE,
  trial({ policy, describe }) {
    const rate = rateOf(describe);
    if (typeof rate === "string") return rate;
    const share = rate.spanMs / Math.max(1, rate.limit);
    const lifeMs = fc
      .tuple(fc.nat(64), fc.constantFrom(0, 1, 2))
      .map(([part, more]) => Math.floor((share * part) / 64) + more);
    const loops = fc.tuple(lifeMs, fc.constantFrom(null, 0, 0.5, 1), fc.nat(3), fc.nat(63)).map(
      ([ms, part, healthyFrom, draw]): CrashLoop => ({
        lives: 2 * rate.limit + 3,
        lifeMs: ms,
        healthyAfterMs: part === null ? null : Math.floor(ms * part),
        healthyFrom,
        draw: drawOf(draw),
      }),
    );
    return trial<CrashLoop>({
      inputs: loops,
      cases: [FULL],
      runsShare: runsShare(rate),
      shorter: shorterLoop,
      holds(loop, reached) {
        const count = counter(rate, reached);
        for (const { answer, admittedAt, askedAt } of crashLoop(policy, loop)) {
          count.ask(askedAt);
          if (answer.type === "launch") count.admit(admittedAt);
        }
      },
      show: (loop) => loopTable(loop, crashLoop(policy, loop)),
    });
  },
};

export const rateLaws: readonly PolicyLaw[] = [rateBound, limitIsReal];
