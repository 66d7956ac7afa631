// Only distances in time count, and no unit.

import type { Millis, RestartDecision } from "@steadfast/policy";
import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { shorterPart } from "../kernel/shorten.js";
import { isClose } from "./close.js";
import { casesOf } from "./continued.js";
import { aDuration } from "./meets.js";
import type { RestartScript, ScriptLine } from "./script.js";
import { atLine, type PolicyLaw } from "./script-law.js";
import { shorterScript } from "./shorter-script.js";
import { scriptTable } from "./table.js";
import { scriptOf, tell, WALL } from "./tell.js";

interface Shifted {
  readonly script: RestartScript;
  /** A multiple of every duration. */
  readonly shiftMs: Millis;
}

const timeShift: PolicyLaw = {
  name: "time-shift",
  says: "only distances in time count: the same script at another time of day is answered alike",
  trial(subject) {
    const { policy, probe, multipleMs, beyond } = subject;
    if (beyond !== null) return beyond;
    const shifts = [1, -1, 3, -1_000].map((times) => times * multipleMs);
    const exact = shifts.filter((ms) => Math.abs(ms) <= 2 ** 51);
    return trial<Shifted>({
      inputs: fc.record({
        script: probe.scriptsTo(aDuration),
        shiftMs: fc.constantFrom(...exact),
      }),
      cases: casesOf(subject, aDuration),
      shorter: (input) => shorterPart(input, "script", shorterScript),
      holds({ script, shiftMs }, reached) {
        const moments = tell(policy, script);
        const shifted = tell(policy, script, { at: shiftMs, wall: WALL });
        if (moments.some(aDuration.at)) reached(aDuration.name);
        moments.forEach(({ decision }, i) => {
          const what = `the decision ${shiftMs} ms later`;
          atLine(i, () => claimSame(shifted[i]?.decision, decision, what));
        });
      },
      show: ({ script }) => scriptTable(policy, script),
    });
  },
};

const unitFree: PolicyLaw = {
  name: "unit-free",
  says: "it knows no unit: with all durations, gaps and uptimes multiplied, so are delays and waits",
  needs: ["scaled"],
  trial(subject) {
    const { policy, scaled, probe, longestMs } = subject;
    if (scaled === undefined) return "`scaled` was not given";
    const factor = longestMs <= 2 ** 36 ? 1_024 : 2;
    const larger = scaled(factor);
    return trial<RestartScript>({
      inputs: probe.scriptsTo(aDuration),
      cases: casesOf(subject, aDuration),
      shorter: shorterScript,
      holds(script, reached) {
        const moments = tell(policy, script);
        const slower = scriptOf(moments).map((line) => longer(line, factor));
        const others = tell(larger, slower, { strict: true });
        if (moments.some(aDuration.at)) reached(aDuration.name);
        moments.forEach(({ decision }, i) => {
          const other = others[i]?.decision;
          atLine(i, () =>
            claim(
              isTimes(other, decision, factor),
              () =>
                `with every duration ${factor} times as long the decision was ${show(other)}, expected ${show(times(decision, factor))}`,
            ),
          );
        });
      },
      show: (script) => scriptTable(policy, script),
    });
  },
};

function longer({ gapMs, event }: ScriptLine, factor: number): ScriptLine {
  const scaled = event.type === "exited" ? { ...event, uptimeMs: event.uptimeMs * factor } : event;
  return { gapMs: gapMs * factor, event: scaled };
}

/** The decision with its durations as many times as long. */
function times(decision: RestartDecision, factor: number): RestartDecision {
  if (decision.type === "launch") return { ...decision, delayMs: decision.delayMs * factor };
  if (decision.type !== "refuse" || decision.retryAfterMs === null) return decision;
  return { ...decision, retryAfterMs: decision.retryAfterMs * factor };
}

/** A wait may be up to one unit shorter: what is closed at its end is one of the smaller units longer. */
function isTimes(
  other: RestartDecision | undefined,
  one: RestartDecision,
  factor: number,
): boolean {
  if (one.type === "launch") {
    return other?.type === "launch" && isClose(other.delayMs, one.delayMs * factor);
  }
  if (one.type === "noted" || other?.type !== "refuse") return other?.type === one.type;
  if (other.reason !== one.reason) return false;
  if (one.retryAfterMs === null || other.retryAfterMs === null) {
    return one.retryAfterMs === other.retryAfterMs;
  }
  return Math.ceil(other.retryAfterMs / factor) === one.retryAfterMs;
}

export const timeLaws: readonly PolicyLaw[] = [timeShift, unitFree];
