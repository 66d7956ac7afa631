import { describe, expect, test } from "vitest";
import { golden, isClose } from "../../../config/testing/vectors.ts";
import { pekko, pekkoOneForOne } from "../src/index.js";
import {
  after,
  atOnce,
  COMPLETED,
  CRASH,
  delaysOf,
  hand,
  healthy,
  NOT_STARTED,
  never,
} from "./asking.js";
import { crashesAfter, supervised } from "./supervised.js";

interface AkkaBackoff {
  readonly top: number;
  readonly cases: readonly {
    readonly id: string;
    readonly restartCount: number;
    readonly minBackoffMs: number;
    readonly maxBackoffMs: number;
    readonly randomFactor: number;
    readonly at: { readonly [u: string]: { readonly ms: number } };
  }[];
}

/** A child that was restarted so many times in a row. */
function restarted(preset: ReturnType<typeof pekko>, count: number) {
  const [wanted, cap, delay] = preset.policy.initial() as object[];
  const saved = [wanted, { ...cap, restarts: count }, { ...delay, count }];
  return hand(preset, preset.policy.parse(saved, 0));
}

describe("Pekko: akka_backoff, but where its own arithmetic throws and drops the jitter", () => {
  const { cases, top } = golden<AkkaBackoff>(
    new URL("./vectors/akka_backoff.json", import.meta.url),
  );
  const LONGEST_MS = 2 ** 63 / 1e6;

  const judged = cases.filter(({ minBackoffMs, maxBackoffMs, restartCount, randomFactor }) => {
    const uncapped = minBackoffMs * 2 ** restartCount;
    const throws = uncapped >= LONGEST_MS && Number.isFinite(uncapped);
    return !throws && Math.min(maxBackoffMs, uncapped) * (1 + randomFactor) < LONGEST_MS;
  });

  test("most cases are judged", () => {
    expect(judged.length).toBeGreaterThan(cases.length * 0.75);
  });

  test.each(judged)("$id", ({ restartCount, minBackoffMs, maxBackoffMs, randomFactor, at }) => {
    for (const fixed of [false, true]) {
      const preset = pekko({ minBackoffMs, maxBackoffMs, randomFactor, autoResetMs: null, fixed });
      for (const [u, { ms }] of Object.entries(at)) {
        const draw = u === "top" ? top : Number(u);
        const answer = restarted(preset, restartCount).end(0, 0, CRASH, draw);
        const got = answer.type === "launch" ? answer.delayMs : Number.NaN;
        const uncapped = minBackoffMs * 2 ** restartCount;
        const base = Math.min(maxBackoffMs / (1 + randomFactor), uncapped);
        const want = fixed ? base * (1 + draw * randomFactor) : ms;
        expect(got).toSatisfy((it) => isClose(it, want));
        if (fixed) expect(got).toBeLessThanOrEqual(maxBackoffMs);
        expect(got).toBeLessThanOrEqual(preset.policy.describe.capMs ?? Number.NaN);
      }
    }
  });
});

const QUIET = { randomFactor: 0 };

describe("the reset", () => {
  test.each([
    [2_999, [3_000, 6_000, 12_000, 24_000]],
    [3_000, [3_000, 6_000, 3_000, 6_000]],
  ])("the third run lasts %i ms", (runMs, delays) => {
    expect(delaysOf(pekko(QUIET), [0, 0, runMs, 0])).toEqual(delays);
  });

  test("autoResetMs null: no run does, nor does health", () => {
    const child = hand(pekko({ ...QUIET, autoResetMs: null }));
    expect(child.end(0)).toEqual(after(3_000));
    child.send(healthy, 1e6);
    expect(child.end(1e9, 1e9)).toEqual(after(6_000));
    child.send({ type: "reset" }, 1e9);
    expect(child.end(1e9)).toEqual(after(3_000));
  });
});

describe("maxNrOfRetries", () => {
  test("so many restarts in a row; a run that is long enough sets it back", () => {
    const child = hand(pekko({ ...QUIET, maxNrOfRetries: 2 }));
    const answers = [0, 0, 3_000, 0, 0].map((runMs, i) => child.end(i * 1e5, runMs).type);
    expect(answers).toEqual(["launch", "launch", "launch", "launch", "refuse"]);
  });

  test("0: none", () => {
    expect(hand(pekko({ maxNrOfRetries: 0 })).end(0)).toEqual(never("cap-reached"));
  });
});

test("on: stop restarts what completed, failure does not", () => {
  expect(hand(pekko(QUIET)).end(0, 0, COMPLETED)).toEqual(after(3_000));
  expect(hand(pekko({ on: "failure" })).end(0, 0, COMPLETED)).toEqual(never("not-wanted"));
});

test("supervised: min, twice that, up to max; each up to a fifth more", async () => {
  const { at, ended } = await supervised(pekko(), crashesAfter(0), 120_000);
  const gaps = at.slice(1).map((instant, i) => instant - (at[i] ?? 0));
  gaps.forEach((gap, i) => {
    const least = Math.min(3_000 * 2 ** i, 30_000);
    expect(gap).toBeGreaterThanOrEqual(least);
    expect(gap).toBeLessThanOrEqual(least * 1.2 + 1);
  });
  expect([gaps.length > 5, ended]).toEqual([true, null]);
});

test.each([
  ["minBackoffMs", 0],
  ["maxBackoffMs", 0],
  ["randomFactor", 1.1],
  ["maxNrOfRetries", -2],
  ["autoResetMs", -1],
  ["on", "restart"],
  ["fixed", "yes"],
])("%s %s is not allowed", (option, value) => {
  expect(() => pekko({ [option]: value })).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});

// Derived from ChildRestartStats in actor/FaultHandling.scala (commit 0addf47fb377): inside is
// now - start <= window; inside, count + 1 <= retries; outside, a new window with a count of 1.
describe("the strategy's window", () => {
  const SPENT = never("budget-spent");

  test("does not slide: a failure more than the range after its first opens the next", () => {
    const child = hand(pekkoOneForOne({ maxNrOfRetries: 2, withinTimeRangeMs: 1_000 }));
    expect([0, 1_000, 1_001, 1_002].map((now) => child.end(now))).toEqual(Array(4).fill(atOnce));
    expect(child.end(2_001)).toEqual(SPENT);
  });

  test("exactly the range after its first is inside", () => {
    const child = hand(pekkoOneForOne({ maxNrOfRetries: 1, withinTimeRangeMs: 1_000 }));
    expect([child.end(0), child.end(1_000)]).toEqual([atOnce, SPENT]);
  });

  test("without a range it never ends; without a number there is no limit", () => {
    const child = hand(pekkoOneForOne({ maxNrOfRetries: 1 }));
    expect([child.end(0), child.end(1e12)]).toEqual([atOnce, SPENT]);
    const inf = pekkoOneForOne({ maxNrOfRetries: 1, withinTimeRangeMs: Number.POSITIVE_INFINITY });
    expect(inf.policy.describe).toEqual(pekkoOneForOne({ maxNrOfRetries: 1 }).policy.describe);
    const free = hand(pekkoOneForOne());
    for (let i = 0; i < 100; i++) expect(free.end(0)).toEqual(atOnce);
  });

  test("a range without a number is one restart in it; 0 is none", () => {
    const child = hand(pekkoOneForOne({ withinTimeRangeMs: 10 }));
    expect([child.end(0), child.end(10), child.end(21)]).toEqual([atOnce, SPENT, atOnce]);
    expect(hand(pekkoOneForOne({ maxNrOfRetries: 0 })).end(0)).toEqual(SPENT);
  });

  test("what stops by itself, or cannot be started, is not restarted", () => {
    expect(hand(pekkoOneForOne()).end(0, 0, COMPLETED)).toEqual(never("not-wanted"));
    expect(hand(pekkoOneForOne()).end(0, 0, NOT_STARTED)).toEqual(never("given-up"));
  });

  test("supervised: two restarts in a second are two restarts", async () => {
    const strategy = pekkoOneForOne({ maxNrOfRetries: 2, withinTimeRangeMs: 1_000 });
    const { at, ended } = await supervised(strategy, crashesAfter(100), 60_000);
    expect([at, ended?.type]).toEqual([[0, 100, 200], "refused"]);
  });
});
