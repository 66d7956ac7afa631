// `supervise(launcher, { ...preset })` behaves as the system does: when it launches, and how it ends.

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import {
  asynSupervise,
  caGateway,
  epicsProcserv,
  epicsSupervise,
  type Preset,
  processkit3,
  processkit07,
  processmanager,
  runningProcessRecovery,
  runningProcessSpawn,
  runpm,
  tokioSlotLoop,
  tokioSlotState,
} from "../src/index.js";
import { always, CRASHED, ending, play, script, stage } from "./play.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DONE: Exit = { kind: "completed", code: 0 };
const NOT_FOUND = { cannotStart: new Error("ENOENT") };

const steps = (count: number, every: number) => Array.from({ length: count }, (_, i) => i * every);
const gaps = (at: readonly number[]) => at.slice(1).map((instant, i) => instant - (at[i] ?? 0));

describe("an instant crash loop", () => {
  test.each<
    [
      name: string,
      preset: Preset,
      at: readonly number[],
      endedAt: number | null,
      reason: string | null,
    ]
  >([
    [
      "epicsSupervise: 10 launches, gives up at 90 s",
      epicsSupervise(),
      steps(10, 10_000),
      90_000,
      "window-full",
    ],
    [
      "epicsSupervise: the limit is of launches",
      epicsSupervise({ maxRestarts: 3 }),
      [0, 10_000, 20_000],
      20_000,
      "window-full",
    ],
    ["epicsSupervise: 0 is one run", epicsSupervise({ maxRestarts: 0 }), [0], 0, "window-full"],
    [
      "epicsProcserv: a restart every 15 s, one run more than restarts",
      epicsProcserv({ maxRestarts: 3 }),
      steps(4, 15_000),
      45_000,
      "window-full",
    ],
    ["epicsProcserv: 0 is one run", epicsProcserv({ maxRestarts: 0 }), [0], 0, "window-full"],
    [
      "caGateway: every second restart is immediate",
      caGateway(),
      [0, 10_000, 10_000, 20_000, 20_000, 30_000, 30_000, 40_000, 40_000, 50_000],
      50_000,
      "window-full",
    ],
    ["asynSupervise: 6 runs at once", asynSupervise(), [0, 0, 0, 0, 0, 0], 0, "window-full"],
    ["asynSupervise: 0 is one run", asynSupervise({ maxRestarts: 0 }), [0], 0, "window-full"],
    [
      "processkit07: N restarts",
      processkit07({ maxRestarts: 2, jitter: false }),
      [0, 200, 600],
      600,
      "cap-reached",
    ],
    ["processkit07: 0 is one run", processkit07({ maxRestarts: 0 }), [0], 0, "cap-reached"],
    [
      "processkit3: N restarts",
      processkit3({ maxRestarts: 2, jitter: false }),
      [0, 200, 600],
      600,
      "cap-reached",
    ],
    [
      "tokioSlotState: stops at the limit",
      tokioSlotState({ limit: 3 }),
      [0, 10, 30],
      30,
      "window-full",
    ],
    ["tokioSlotState: 0 is one run", tokioSlotState({ limit: 0 }), [0], 0, "window-full"],
    [
      "tokioSlotLoop: stops above the limit",
      tokioSlotLoop({ limit: 3 }),
      [0, 10, 30, 70],
      70,
      "window-full",
    ],
    ["runpm: max and one", runpm({ maxRestarts: 3 }), [0, 500, 1_500, 3_500], 3_500, "errored"],
  ])("%s", async (_, preset, at, endedAt, reason) => {
    const played = await play(preset, always(0), HOUR);
    expect(played.at).toEqual(at);
    expect(played.endedAt).toBe(endedAt);
    expect(ending(played)).toBe(reason);
    expect(played.outcome?.lastExit).toEqual(CRASHED);
  });

  test.each<[name: string, preset: Preset, forMs: number, gaps: readonly number[]]>([
    [
      "epicsProcserv has no limit by default",
      epicsProcserv(),
      60_000,
      [15_000, 15_000, 15_000, 15_000],
    ],
    [
      "processmanager",
      processmanager(),
      111_400,
      [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000],
    ],
    [
      "processkit07",
      processkit07({ jitter: false }),
      111_400,
      [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000],
    ],
    ["tokioSlotLoop", tokioSlotLoop(), 3_270, [10, 20, 40, 80, 160, 320, 640, 1_000, 1_000]],
    [
      "runningProcessRecovery: one retry per window",
      runningProcessRecovery(),
      60_250,
      [250, 29_750, 250, 29_750, 250],
    ],
    [
      "runningProcessSpawn: three at once per window",
      runningProcessSpawn(),
      60_000,
      [0, 0, 30_000, 0, 0, 30_000, 0, 0],
    ],
    [
      "runpm has no limit by default",
      runpm(),
      121_500,
      [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000],
    ],
  ])("%s goes on", async (_, preset, forMs, expected) => {
    const played = await play(preset, always(0), forMs);
    expect(gaps(played.at)).toEqual(expected);
    expect(played.outcome).toBeNull();
  });
});

describe("a run that ends well", () => {
  test.each<[name: string, preset: Preset]>([
    ["epicsSupervise", epicsSupervise()],
    ["asynSupervise", asynSupervise()],
    ["processmanager", processmanager()],
    ["processkit07", processkit07()],
    ["processkit3", processkit3()],
    ["tokioSlotState", tokioSlotState()],
    ["tokioSlotLoop", tokioSlotLoop()],
    ["runningProcessRecovery", runningProcessRecovery()],
  ])("ends %s", async (_, preset) => {
    const played = await play(preset, always(5, DONE), HOUR);
    expect(played.at).toEqual([0]);
    expect(played.outcome?.type).toBe("completed");
  });

  test.each<[name: string, preset: Preset, at: readonly number[]]>([
    ["epicsProcserv", epicsProcserv(), [0, 15_000, 30_000]],
    ["caGateway", caGateway(), [0, 10_005, 10_010, 20_015, 20_020, 30_025, 30_030]],
    ["runningProcessSpawn", runningProcessSpawn(), [0, 5, 10, 30_000, 30_005, 30_010]],
    ["runpm", runpm(), [0, 505, 1_510, 3_515, 7_520, 15_525, 31_530]],
    [
      "processkit07, if always",
      processkit07({ restart: "always", jitter: false }),
      [0, 205, 610, 1_415, 3_020, 6_225, 12_630, 25_435],
    ],
  ])("is followed by another with %s", async (_, preset, at) => {
    const played = await play(preset, always(5, DONE), 32_000);
    expect(played.at).toEqual(at);
    expect(played.outcome).toBeNull();
  });
});

describe("epicsSupervise", () => {
  test("a child that fails after 50 s: 10 launches, one a minute, and the end at 590 s", async () => {
    const played = await play(epicsSupervise(), always(50_000), HOUR);
    expect(played.at).toEqual(steps(10, 60_000));
    expect(played.endedAt).toBe(590_000);
  });

  test("a child that fails after 100 s is restarted forever", async () => {
    const played = await play(epicsSupervise(), always(100_000), DAY);
    expect(played.at).toHaveLength(786);
    expect(played.outcome).toBeNull();
  });

  test("the outcome has the last error, untouched", async () => {
    const error = new Error("the third");
    const last = { runMs: 0, exit: { kind: "failed", error } } as const;
    const preset = epicsSupervise({ maxRestarts: 3 });
    const { outcome } = await play(preset, script({ runMs: 0, exit: CRASHED }, last, last), HOUR);
    expect(outcome?.lastExit).toHaveProperty("error", error);
  });
});

describe("epicsProcserv", () => {
  test("the holdoff runs from the start: exactly as long, and longer, is back at once", async () => {
    const runs = [14_999, 15_000, 15_001].map((runMs) => ({ runMs, exit: CRASHED }));
    const { delays } = await play(epicsProcserv(), script(...runs), HOUR);
    expect(delays).toEqual([1, 0, 0]);
  });

  test("a spawn that failed waits the whole holdoff, and is counted", async () => {
    const preset = epicsProcserv({ maxRestarts: 2 });
    const played = await play(preset, () => NOT_FOUND, HOUR);
    expect(played.at).toEqual([0, 15_000, 30_000]);
    expect(ending(played)).toBe("window-full");
  });

  test("an operator's restart ends the holdoff and is not counted", async () => {
    const { system, launcher, handle } = stage(epicsProcserv({ maxRestarts: 1 }), always(0));
    await system.advance(1_000);
    expect(handle.restart()).toBe("started-immediately");
    await system.advance(0);
    expect(launcher.launchedAt).toEqual([0, 1_000]);
    await handle.outcome;
  });

  test("oneShot: one run, whatever its end, but a failed spawn is tried again", async () => {
    const preset = epicsProcserv({ restartMode: "oneShot" });
    const well = await play(preset, script(NOT_FOUND, { runMs: 5, exit: DONE }), HOUR);
    expect(well.at).toEqual([0, 15_000]);
    expect(well.outcome?.type).toBe("completed");
    const badly = await play(preset, always(5), HOUR);
    expect([badly.at, ending(badly)]).toEqual([[0], "not-wanted"]);
  });

  test("disabled: the child stays dead, the supervision stays, an operator may restart it", async () => {
    const preset = epicsProcserv({ restartMode: "disabled", maxRestarts: 0 });
    const { system, launcher, handle } = stage(preset, always(5));
    await system.advance(1_000 * DAY);
    expect(launcher.launchedAt).toEqual([0]);
    expect(handle.status().outcome).toBeNull();
    expect(handle.restart()).toBe("started-immediately");
    await system.advance(DAY);
    expect(launcher.launchedAt).toEqual([0, 1_000 * DAY]);
    await handle.stop();
    expect([system.pendingTimers, launcher.alive]).toEqual([0, 0]);
  });
});

describe("caGateway", () => {
  test.each([
    [8_999, 10_000],
    [9_999, 10_000],
    [10_000, 0],
    [10_001, 0],
  ])("a restart after a run of %i ms waits %i: whole seconds", async (runMs, delay) => {
    const { delays } = await play(caGateway(), script({ runMs, exit: CRASHED }), HOUR);
    expect(delays).toEqual([delay]);
  });

  test("a start a part of a second less than the interval ago no longer counts", async () => {
    const preset = caGateway({ nRestarts: 1, restartIntervalMs: 20_000, restartDelayMs: 0 });
    const one = await play(preset, always(19_999), 50_000);
    expect([one.at, one.endedAt]).toEqual([[0], 19_999]);
    const late = script({ runMs: 20_500, exit: CRASHED }, { runMs: 19_500, exit: CRASHED });
    expect((await play(preset, late, 50_000)).at).toEqual([0, 20_500, 40_000]);
  });

  test("a process that cannot be made ends it", async () => {
    expect(ending(await play(caGateway(), () => NOT_FOUND, HOUR))).toBe("given-up");
  });
});

describe("asynSupervise", () => {
  test("a failure exactly the window ago no longer counts, one less does", async () => {
    const preset = asynSupervise({ maxRestarts: 1, restartWindowMs: 60_000 });
    expect(ending(await play(preset, always(59_999), DAY))).toBe("window-full");
    expect((await play(preset, always(60_000), DAY)).outcome).toBeNull();
  });
});

describe("processmanager", () => {
  test("nothing is forgotten; fixed: a run of maxMs is", async () => {
    const runs = script(...[0, 0, 30_000, 29_999].map((runMs) => ({ runMs, exit: CRASHED })));
    expect((await play(processmanager(), runs, HOUR)).delays).toEqual([200, 400, 800, 1_600]);
    const fixed = await play(processmanager({ fixed: true }), runs, HOUR);
    expect(fixed.delays).toEqual([200, 400, 200, 400]);
    const week = script(...[0, 0, 7 * DAY].map((runMs) => ({ runMs, exit: CRASHED })));
    expect((await play(processmanager(), week, 8 * DAY)).delays).toEqual([200, 400, 800]);
  });

  test.each(["reload", "send"] as const)("%s ends a delay", async (by) => {
    const { system, launcher, handle } = stage(processmanager({ initialMs: 20_000 }), always(0));
    await system.advance(1_000);
    if (by === "reload") handle.reload();
    else handle.send("whatever");
    await system.advance(0);
    expect(launcher.launchedAt).toEqual([0, 1_000]);
    await handle.stop();
  });

  test("a stop is waited for 30 s", async () => {
    const deaf = { stopMs: Number.POSITIVE_INFINITY };
    const { system, launcher, handle } = stage(processmanager(), script(deaf));
    const stopped = handle.stop();
    await system.advance(29_999);
    expect(launcher.alive).toBe(1);
    await system.advance(1);
    await stopped;
    expect(launcher.attempts[0]?.kills).toEqual([30_000]);
  });
});

describe("processkit", () => {
  test("order: predicate, restart type, permanent failure, budget", async () => {
    const all = { maxRestarts: 0, stopWhen: () => true, giveUpWhen: () => true } as const;
    const { stopWhen: _, ...noPredicate } = all;
    const { giveUpWhen: __, ...noGiveUp } = noPredicate;
    const reasons = [
      processkit3({ ...all, restart: "never" }),
      processkit3({ ...noPredicate, restart: "never" }),
      processkit3(noPredicate),
      processkit3(noGiveUp),
    ].map(async (preset) => ending(await play(preset, always(0), HOUR)));
    expect(await Promise.all(reasons)).toEqual([
      "stop-when",
      "not-wanted",
      "given-up",
      "cap-reached",
    ]);
  });

  test("a failed spawn is not shown to the predicate, but to giveUpWhen", async () => {
    const stop = { stopWhen: () => true, maxRestarts: 1, jitter: false } as const;
    const once = script(NOT_FOUND, NOT_FOUND);
    expect(ending(await play(processkit07(stop), once, HOUR))).toBe("cap-reached");
    const giveUpWhen = (exit: Exit) => exit.kind === "spawn-failed";
    expect(ending(await play(processkit3({ giveUpWhen }), once, HOUR))).toBe("given-up");
  });

  test("what was cancelled is final under every restart type", async () => {
    const cancelled = always(0, { kind: "cancelled" });
    for (const preset of [
      processkit07({ restart: "always" }),
      processkit3({ restart: "always" }),
    ]) {
      const played = await play(preset, cancelled, HOUR);
      expect([played.at, ending(played)]).toEqual([[0], "given-up"]);
    }
  });

  test("3: a run of maxBackoffMs starts over, however it ended; a failed spawn never does", async () => {
    const preset = processkit3({ restart: "always", jitter: false, maxBackoffMs: 1_000 });
    const runs = script(
      { runMs: 0, exit: CRASHED },
      { runMs: 999, exit: CRASHED },
      { runMs: 1_000, exit: DONE },
      NOT_FOUND,
      { runMs: 1_000, exit: CRASHED },
    );
    expect((await play(preset, runs, HOUR)).delays).toEqual([200, 400, 200, 400, 200]);
    const old = processkit07({ restart: "always", jitter: false, maxBackoffMs: 1_000 });
    expect((await play(old, runs, HOUR)).delays).toEqual([200, 400, 800, 1_000, 1_000]);
    const fixed = processkit07({
      restart: "always",
      jitter: false,
      maxBackoffMs: 1_000,
      fixed: true,
    });
    expect((await play(fixed, runs, HOUR)).delays).toEqual([200, 400, 200, 400, 200]);
  });

  test("3: a storm pauses once, the backoff comes on top, and the score begins at 0", async () => {
    const preset = processkit3({ stormPauseMs: 15_000, jitter: false });
    const { at } = await play(preset, always(0), 120_000);
    expect(at.slice(0, 8)).toEqual([0, 200, 600, 1_400, 3_000, 6_200, 27_600, 40_400]);
  });

  test("3: clean runs are no storm", async () => {
    const calm = processkit3({
      restart: "always",
      stormPauseMs: 15_000,
      failureThreshold: 0,
      jitter: false,
    });
    const runs = script({ runMs: 0, exit: DONE }, { runMs: 0, exit: CRASHED });
    expect((await play(calm, runs, HOUR)).delays).toEqual([200, 15_400]);
  });

  test("3: pause and delay are jittered apart, and the pause is as long again when it is asked again", () => {
    const { policy } = processkit3({
      stormPauseMs: 10_000,
      failureThreshold: 0,
      backoffBaseMs: 1_000,
    });
    const crash = { type: "exited", exit: CRASHED, failed: true, uptimeMs: 0 } as const;
    const [state] = policy.step(policy.initial(), crash, 0);
    const totals = [0, 0.25, 0.5, 0.75].map((draw) => {
      const ask = { type: "launch", cause: "restart", draw, wall: 0 } as const;
      const [asked, answer] = policy.step(state, ask, 0);
      if (answer.type !== "launch") throw new Error("refused");
      const later = policy.step(asked, ask, 3_000)[1];
      expect(later).toEqual({ type: "launch", delayMs: answer.delayMs - 3_000 });
      expect(answer.delayMs).toBeGreaterThanOrEqual(5_500);
      expect(answer.delayMs).toBeLessThanOrEqual(16_500);
      return answer.delayMs - 1_000 * (0.5 + draw);
    });
    const inStep = [5_000, 7_500, 10_000, 12_500];
    for (const [i, pause] of totals.entries())
      expect(Math.abs(pause - (inStep[i] ?? 0))).toBeGreaterThan(1);
  });

  test.each([
    ["07", processkit07],
    ["3", processkit3],
  ] as const)("%s: a delay may reach 1.5 caps; fixed, it does not", (_, make) => {
    const longest = (fixed: boolean) => {
      const { policy } = make({ backoffBaseMs: 30_000, fixed });
      const crash = { type: "exited", exit: CRASHED, failed: true, uptimeMs: 0 } as const;
      const [state] = policy.step(policy.initial(), crash, 0);
      const ask = { type: "launch", cause: "restart", draw: 1 - 2 ** -53, wall: 0 } as const;
      const answer = policy.step(state, ask, 0)[1];
      return answer.type === "launch" ? answer.delayMs : Number.NaN;
    };
    expect(longest(false)).toBeGreaterThan(44_999);
    expect(longest(true)).toBe(30_000);
  });

  test("3: okCodes say what a crash is", () => {
    const { isFailure } = processkit3({ okCodes: [2] });
    const judged = [DONE, { kind: "completed" }, CRASHED, { kind: "failed", code: 2 }] as const;
    expect(judged.map(isFailure)).toEqual([true, true, true, false]);
    const none = processkit3();
    expect(judged.map(none.isFailure)).toEqual([false, false, true, true]);
    const codeless = [{ kind: "signalled", signal: "SIGTERM" }, { kind: "lost" }] as const;
    expect(codeless.map(none.isFailure)).toEqual([true, false]);
  });

  test("3: an exit unhealthy is not shown to the predicate", async () => {
    const wedged: Exit = { kind: "unhealthy", reason: "heartbeat-stale" };
    const preset = processkit3({ stopWhen: () => true, maxRestarts: 1 });
    expect(ending(await play(preset, always(0, wedged), HOUR))).toBe("cap-reached");
  });
});

describe("tokioSlot", () => {
  test("a failure exactly the window ago still counts", async () => {
    const preset = tokioSlotState({ limit: 2, windowMs: 60_000, maxDelayMs: 0 });
    expect(ending(await play(preset, always(60_000), DAY))).toBe("window-full");
    expect((await play(preset, always(60_001), DAY)).outcome).toBeNull();
  });

  test("an operator's launch makes the delay grow, too, and a clean exit costs nothing", async () => {
    const { system, launcher, handle, delays } = stage(
      tokioSlotLoop({ limit: 1, restartPolicy: "permanent" }),
      script({}, {}, { runMs: 5, exit: DONE }, { runMs: 5, exit: DONE }),
    );
    await system.advance(5);
    handle.restart();
    await system.advance(5);
    handle.restart();
    await system.advance(1_000);
    expect(launcher.launchedAt).toEqual([0, 5, 10, 55, 140]);
    expect(delays).toEqual([40, 80]);
    await handle.stop();
  });

  test("the record shows the limit", async () => {
    const { system, handle } = stage(
      tokioSlotLoop({ limit: 2 }),
      script({ runMs: 0, exit: CRASHED }),
    );
    await system.advance(1_000);
    expect(handle.status().restartLimit).toMatchObject({ limit: 2, windowMs: 60_000, used: 1 });
    await handle.stop();
  });

  test.each([
    ["tokioSlotState", tokioSlotState()],
    ["tokioSlotLoop", tokioSlotLoop()],
  ])("%s: a stop takes 5 s to ask, and 1 s more to abort", async (_, preset) => {
    const stubborn = { stopMs: Infinity, killMs: Infinity };
    const { system, launcher, handle } = stage(preset, () => stubborn);
    const stopped = handle.stop();
    await system.advance(6_000);
    await stopped;
    expect(launcher.attempts[0]).toMatchObject({ kills: [5_000], abandonedAt: 6_000 });
  });
});

describe("running-process", () => {
  test("recovery: a healthy run forgets the window", async () => {
    const played = await play(runningProcessRecovery(), always(11_000), 60_000);
    expect(new Set(gaps(played.at))).toEqual(new Set([11_250]));
  });

  test("recovery: a crash at exactly the window's end is retried, one sooner waits", async () => {
    const options = { healthyAfterMs: Number.MAX_SAFE_INTEGER };
    const at = async (runMs: number) => {
      const runs = script({ runMs: 0, exit: CRASHED }, { runMs, exit: CRASHED });
      return (await play(runningProcessRecovery(), runs, HOUR, options)).at;
    };
    expect(await at(29_750)).toEqual([0, 250, 30_250]);
    expect(await at(29_749)).toEqual([0, 250, 30_249]); // refused for 1 ms; the retry delay is longer
    expect(await at(10_000)).toEqual([0, 250, 30_000]);
  });

  test("spawn: a success begins an empty window", async () => {
    const runs = script(
      { runMs: 0, exit: CRASHED },
      { runMs: 10_001, exit: CRASHED },
      ...Array.from({ length: 4 }, always(0)),
    );
    const { at } = await play(runningProcessSpawn(), runs, HOUR, { healthyAfterMs: 10_000 });
    expect(at).toEqual([0, 0, 10_001, 10_001, 10_001, 40_000, 40_000]);
  });

  test("spawn: an operator's attempts count and may be refused; the first refusal says so", async () => {
    const { system, handle } = stage(runningProcessSpawn({ maxAttempts: 1 }), script({}));
    await system.advance(1_000);
    const refused = (reason: string) => ({ type: "refuse", reason, retryAfterMs: 29_000 });
    expect(handle.restart()).toEqual(refused("spawn-storm"));
    expect(handle.restart()).toEqual(refused("budget-spent"));
    await system.advance(29_000);
    expect(handle.restart()).toBe("queued-after-stop");
    await system.advance(0);
    expect(handle.restart()).toMatchObject({ reason: "spawn-storm" });
    await handle.stop();
  });
});

describe("runpm", () => {
  test("exactly minUptimeMs counts from 0 again, one less does not", async () => {
    const runs = script(...[0, 1_999, 2_000].map((runMs) => ({ runMs, exit: DONE })));
    expect((await play(runpm(), runs, HOUR)).delays).toEqual([500, 1_000, 500]);
  });

  test("a spawn that fails is the end", async () => {
    const played = await play(runpm(), script({ runMs: 0, exit: CRASHED }, NOT_FOUND), HOUR);
    expect([played.at, ending(played)]).toEqual([[0, 500], "given-up"]);
  });

  test("a restart by hand counts, and is never refused", async () => {
    const { system, launcher, handle, endedAt } = stage(
      runpm({ maxRestarts: 1 }),
      script({}, {}, { runMs: 5, exit: CRASHED }),
    );
    await system.advance(10);
    expect(handle.restart()).toBe("queued-after-stop");
    await system.advance(0);
    expect(handle.restart()).toBe("queued-after-stop");
    await system.advance(HOUR);
    expect(launcher.launchedAt).toEqual([0, 10, 10]);
    expect(endedAt()).toBe(15);
    expect(await handle.outcome).toMatchObject({ type: "refused", reason: "errored" });
  });

  test("without autorestart it stops", async () => {
    const played = await play(runpm({ autorestart: false }), always(5, DONE), HOUR);
    expect([played.at, played.outcome?.type]).toEqual([[0], "completed"]);
  });

  test("a stop waits killTimeoutMs, 3 s unless given", async () => {
    expect([runpm(), runpm({ killTimeoutMs: 7 })].map((one) => one.gracePeriodMs)).toEqual([
      3_000, 7,
    ]);
  });
});
