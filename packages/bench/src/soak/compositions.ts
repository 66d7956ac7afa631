// Random policies: every combinator and every core, nested. Durations are short, so that a run of minutes sees
// windows fill and empty. A composition ends in a short delay, so that no child is launched without a pause.

import { backoff } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  giveUpOn,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  stopWhen,
  waitOut,
  when,
} from "@steadfast/policy";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import type { Chance } from "./chance.ts";

type Make = (chance: Chance, below: () => RestartPolicy, unitMs: number) => RestartPolicy;

const LEAVES: Readonly<Record<string, Make>> = {
  restartOn: (chance) => restartOn(chance.pick(["permanent", "permanent", "transient"])),
  slidingWindow: (chance, _, unitMs) =>
    slidingWindow({ limit: chance.whole(2, 8), windowMs: unitMs * chance.whole(1, 20) }),
  pausingWindow: (chance, _, unitMs) =>
    pausingWindow({ limit: 3, windowMs: unitMs * 10, pauseMs: unitMs * chance.whole(1, 3) }),
  crashBudget: (chance, _, unitMs) =>
    crashBudget({ retries: chance.whole(1, 5), windowMs: unitMs * 20, retryDelayMs: unitMs }),
  decayingBudget: (_, __, unitMs) =>
    decayingBudget({ halfLifeMs: unitMs * 5, threshold: 3, pauseMs: unitMs * 2 }),
  backoff: (chance, _, unitMs) =>
    backoff({
      initialMs: chance.whole(0, unitMs),
      capMs: unitMs * 4,
      jitter: chance.pick(["none", "full", "equal"]),
      resetAfterMs: unitMs * chance.whole(0, 10),
    }),
  lifetimeCap: (chance) => lifetimeCap({ restarts: chance.whole(0, 50) }),
  giveUpOn: () => giveUpOn((exit) => exit.kind === "out-of-memory"),
  stopWhen: (chance) => {
    const most = chance.whole(5, 200);
    return stopWhen((_, ordinal) => ordinal > most);
  },
};

const COMBINATORS: Readonly<Record<string, Make>> = {
  allOf: (_, below) => allOf(below(), below(), below()),
  inTurn: (_, below) => inTurn(below(), below()),
  coarse: (chance, below, unitMs) => coarse(below(), Math.max(1, chance.whole(1, unitMs))),
  giveUp: (_, below) => giveUp(below()),
  waitOut: (_, below) => waitOut(below()),
  when: (chance, below) => {
    const kind = chance.pick(["failed", "completed", "signalled"] as const);
    return when((exit) => exit.kind === kind, below());
  },
};

/** Everything that may be in a composition: a run counts how often each was used. */
export const partNames: readonly string[] = [...Object.keys(LEAVES), ...Object.keys(COMBINATORS)];

/** A random policy of up to three levels; `used` hears the name of each part. */
export function composition(
  chance: Chance,
  unitMs: number,
  used: (part: string) => void = () => {},
): RestartPolicy {
  const made = (levels: number): RestartPolicy => {
    const parts = levels > 0 && chance.happens(0.6) ? COMBINATORS : LEAVES;
    const name = chance.pick(Object.keys(parts));
    used(name);
    return (parts[name] as Make)(chance, () => made(levels - 1), unitMs);
  };
  const pause = backoff({ initialMs: unitMs / 5, capMs: unitMs, jitter: "full" });
  return allOf(restartOn("permanent"), made(3), pause);
}
