// Cases derived from pm2 7.0.3: lib/God.js (handleExit: the counter of unstable restarts and the two
// delays; executeApp: created_at), lib/God/Methods.js (resetState: what `pm2 restart` sets back),
// lib/Worker.js and constants.js (EXP_BACKOFF_RESET_TIMER: 30 s).

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type Pm2Options, pm2 } from "../src/index.js";
import {
  after,
  ask,
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

const HOUR = 3_600_000;
const ERRORED = never("errored");
const code = (n: number): Exit => ({ kind: "failed", code: n });

/** How many launches there are up to the first that is more than an hour after the first one. */
async function startsInAnHour(options: Pm2Options, runMs: number, longestGapMs: number) {
  const { at, ended } = await supervised(pm2(options), crashesAfter(runMs), HOUR + longestGapMs);
  const after = at.findIndex((instant) => instant > HOUR);
  return {
    starts: after < 0 ? at.length : after + 1,
    reason: ended?.type === "refused" && ended.reason,
  };
}

describe("the limit that is not reached", () => {
  // The four runs of pm2's rule, each for an hour, up to the first start after it.
  test.each<[string, Pm2Options, number, number, number, string | false]>([
    ["dies after 900 ms, restart_delay 1000", { restartDelayMs: 1_000 }, 900, 1_900, 1_896, false],
    [
      "dies after 50 ms, exp_backoff 100",
      { expBackoffRestartDelayMs: 100 },
      50,
      15_050,
      251,
      false,
    ],
    ["dies after 1100 ms", {}, 1_100, 1_100, 3_274, false],
    ["dies after 50 ms, without a delay", {}, 50, 50, 16, "errored"],
  ])("%s", async (_, options, runMs, gapMs, starts, reason) => {
    expect(await startsInAnHour(options, runMs, gapMs)).toEqual({ starts, reason });
  });

  test.each<[string, Pm2Options, number, number]>([
    ["dies after 900 ms, restart_delay 1000", { restartDelayMs: 1_000 }, 900, 1_900],
    ["dies after 50 ms, exp_backoff 100", { expBackoffRestartDelayMs: 100 }, 50, 15_050],
    ["dies after 50 ms, without a delay", {}, 50, 50],
    ["issue 4433: --restart-delay 10000", { restartDelayMs: 10_000 }, 50, 10_050],
  ])("fixed, %s: 16 starts", async (_, options, runMs, gapMs) => {
    const fixed = await startsInAnHour({ ...options, fixed: true }, runMs, gapMs);
    expect(fixed).toEqual({ starts: 16, reason: "errored" });
  });

  test("on the third day a crash loop has no limit; fixed, it has (issue 718)", () => {
    const runs = (fixed: boolean) => {
      const child = hand(pm2({ fixed }));
      child.end(72 * HOUR, 72 * HOUR);
      let more = 0;
      while (more < 1_000 && child.end(72 * HOUR + 10 * more, 10).type === "launch") more++;
      return more;
    };
    expect([runs(false), runs(true)]).toEqual([1_000, 15]);
  });
});

describe("what is counted", () => {
  const answers = (options: Pm2Options, runs: readonly number[]) => {
    const child = hand(pm2(options));
    let now = 0;
    return runs.map((runMs) => {
      now += runMs;
      return child.end(now, runMs).type === "launch";
    });
  };
  const two = { maxRestarts: 2, minUptimeMs: 1_000 };

  test("a run of exactly minUptimeMs is stable", () => {
    expect(answers(two, [999, 999])).toEqual([true, false]);
    expect(answers(two, [1_000, 999, 1_000])).toEqual([true, true, true]);
  });

  test("only in less than minUptimeMs * maxRestarts since the first launch", () => {
    expect(answers(two, [1_000, 500, 499])).toEqual([true, true, false]);
    expect(answers(two, [1_000, 500, 500])).toEqual([true, true, true]);
  });

  test("a stable run does not set it back; fixed, it does", () => {
    const runs = [1, 1_000, 1, 1];
    expect(answers(two, runs)).toEqual([true, true, false, false]);
    expect(answers({ ...two, fixed: true }, runs)).toEqual([true, true, true, false]);
  });

  test("maxRestarts 0 ends it after the first run, however long; minUptimeMs 0 counts nothing", () => {
    expect(answers({ maxRestarts: 0 }, [HOUR])).toEqual([false]);
    expect(answers({ maxRestarts: 1, minUptimeMs: 0 }, [0, 0, 0])).toEqual([true, true, true]);
  });

  test("a clean exit counts like a crash", () => {
    const child = hand(pm2({ maxRestarts: 2 }));
    expect(child.end(0, 0, COMPLETED)).toEqual(atOnce);
    expect(child.end(0, 0, COMPLETED)).toEqual(ERRORED);
  });

  test("an operator's restart begins anew, and so does its 16 s", () => {
    const child = hand(pm2({ maxRestarts: 2, expBackoffRestartDelayMs: 100 }));
    expect(child.end(HOUR, HOUR)).toEqual(after(100));
    expect(child.end(HOUR + 150, 50)).toEqual(after(150));
    expect(child.send(ask("operator"), 2 * HOUR)).toEqual(atOnce);
    expect(child.end(2 * HOUR + 50, 50)).toEqual(after(100));
    expect(child.end(2 * HOUR + 200, 50)).toEqual(ERRORED);
  });

  test("not what nobody saw", () => {
    const child = hand(pm2({ maxRestarts: 1 }));
    expect(child.end(0, 0, { kind: "lost" })).toEqual(atOnce);
    expect(child.end(0)).toEqual(ERRORED);
  });

  test("a failed spawn is errored", () => {
    expect(hand(pm2()).end(0, 0, NOT_STARTED)).toEqual(ERRORED);
  });
});

describe("the delays", () => {
  const SERIES = [
    100, 150, 225, 337, 505, 757, 1_135, 1_702, 2_553, 3_829, 5_743, 8_614, 12_921, 15_000,
  ];

  test("grow by half, rounded down, up to 15 s", () => {
    const preset = pm2({ expBackoffRestartDelayMs: 100, restartDelayMs: 7 });
    expect(delaysOf(preset, Array(15).fill(1_000))).toEqual([...SERIES, 15_000]);
  });

  test("a first one above 15 s is not cut; the next is", () => {
    expect(delaysOf(pm2({ expBackoffRestartDelayMs: 20_000 }), [1_000, 1_000])).toEqual([
      20_000, 15_000,
    ]);
  });

  test.each([
    [30_000, [100, 150, 225]],
    [30_001, [100, 150, 100]],
  ])("the third run lasts %i ms", (runMs, delays) => {
    expect(delaysOf(pm2({ expBackoffRestartDelayMs: 100 }), [1, 1, runMs])).toEqual(delays);
  });

  test("or are all the same, and run from the exit", () => {
    expect(delaysOf(pm2({ restartDelayMs: 500 }), [1, 1])).toEqual([500, 500]);
    const child = hand(pm2({ restartDelayMs: 500 }));
    child.end(1_000, 1_000);
    expect(child.send(ask(), 1_200)).toEqual(after(300));
  });

  test("health changes nothing", () => {
    const child = hand(pm2({ expBackoffRestartDelayMs: 100 }));
    child.end(0);
    child.send(healthy, 20_000);
    expect(child.end(20_001, 20_001)).toEqual(after(150));
  });
});

describe("what stays down", () => {
  const DOWN = never("not-wanted");

  test("an exit code of stopExitCodes, which is no failure then", () => {
    const preset = pm2({ stopExitCodes: [0, 3] });
    const child = hand(preset);
    expect(child.end(0)).toEqual(atOnce);
    expect([COMPLETED, code(3)].map((exit) => child.end(0, 0, exit))).toEqual([DOWN, DOWN]);
    expect([CRASH, COMPLETED, code(3)].map(preset.isFailure)).toEqual([true, false, false]);
  });

  test("a signal, if 0 is one of them; not with fixed", () => {
    const killed: Exit = { kind: "signalled", signal: "SIGKILL" };
    expect(hand(pm2({ stopExitCodes: [0] })).end(0, 0, killed)).toEqual(DOWN);
    expect(hand(pm2({ stopExitCodes: [0], fixed: true })).end(0, 0, killed)).toEqual(atOnce);
    expect(hand(pm2({ stopExitCodes: [3] })).end(0, 0, killed)).toEqual(atOnce);
  });

  test("everything, without autorestart", () => {
    expect(hand(pm2({ autorestart: false })).end(0)).toEqual(DOWN);
    expect(hand(pm2({ autorestart: false })).end(0, 0, { kind: "lost" })).toEqual(DOWN);
  });

  test("supervised: it is done", async () => {
    const { ended } = await supervised(
      pm2({ stopExitCodes: [3] }),
      [
        { runMs: 5, exit: CRASH },
        { runMs: 5, exit: code(3) },
      ],
      HOUR,
    );
    expect(ended?.type).toBe("excused");
  });
});

test.each<[keyof Pm2Options, unknown]>([
  ["autorestart", "false"],
  ["maxRestarts", -1],
  ["minUptimeMs", 0.5],
  ["restartDelayMs", Number.POSITIVE_INFINITY],
  ["stopExitCodes", 3],
  ["fixed", 1],
])("%s %j is not allowed", (option, value) => {
  expect(() => pm2({ [option]: value })).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});
