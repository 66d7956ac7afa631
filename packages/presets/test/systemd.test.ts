import type { Exit } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { describe, expect, test } from "vitest";
import { golden } from "../../../config/testing/vectors.ts";
import {
  type SystemdOptions,
  type SystemdRestart,
  systemd,
  systemdRestart,
  systemdRestartSteps,
  systemdStartLimit,
} from "../src/index.js";
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
import { crashesAfter, gaps, supervised } from "./supervised.js";

const HOUR = 3_600_000;
const signalled = (signal: string): Exit => ({ kind: "signalled", signal });
const TIMED_OUT: Exit = { kind: "timed-out", afterMs: 5, ended: signalled("SIGKILL") };
const STALE: Exit = { kind: "unhealthy", reason: "heartbeat-stale", ended: signalled("SIGABRT") };

interface RestartTable {
  readonly causes: readonly string[];
  readonly settings: readonly SystemdRestart[];
  readonly restarts: { readonly [setting: string]: readonly string[] };
}

describe("systemd: systemd_restart_table", () => {
  const table = golden<RestartTable>(
    new URL("./vectors/systemd_restart_table.json", import.meta.url),
  );
  /** Every exit of ours that has this cause. */
  const exits: { readonly [cause: string]: readonly Exit[] } = {
    cleanExit: [
      COMPLETED,
      { kind: "completed" },
      ...["SIGHUP", "SIGINT", "SIGTERM", "SIGPIPE"].map(signalled),
    ],
    uncleanExitCode: [CRASH, { kind: "failed", error: "boom" }, NOT_STARTED],
    uncleanSignal: [signalled("SIGKILL"), signalled("SIGSEGV")],
    timeout: [TIMED_OUT, { kind: "timed-out", afterMs: 5 }, { kind: "abandoned" }],
    watchdog: [STALE],
  };
  const rows = table.settings.flatMap((restart) =>
    table.causes.flatMap((cause) => (exits[cause] ?? []).map((exit) => ({ restart, cause, exit }))),
  );

  test("every cause has exits", () => {
    expect(Object.keys(exits)).toEqual(table.causes);
  });

  test.each(rows)("$restart: $cause $exit", ({ restart, cause, exit }) => {
    const preset = systemdRestart({ restart });
    const wanted = table.restarts[restart]?.includes(cause);
    expect(hand(preset).end(0, 0, exit)).toEqual(wanted ? atOnce : never("not-wanted"));
    expect(preset.isFailure(exit)).toBe(cause !== "cleanExit");
  });
});

describe("beside the table", () => {
  test.each<[string, Exit, readonly SystemdRestart[]]>([
    ["out of memory", { kind: "out-of-memory" }, ["always", "on-failure", "on-abnormal"]],
    ["cancelled ended well", { kind: "cancelled" }, ["always", "on-success"]],
    [
      "nobody saw it",
      { kind: "lost" },
      ["always", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog"],
    ],
  ])("%s", (_, exit, wanted) => {
    for (const restart of ["no", ...wanted] as const) {
      const answer = restart === "no" ? never("not-wanted") : atOnce;
      expect(hand(systemdRestart({ restart })).end(0, 0, exit)).toEqual(answer);
    }
  });

  test("SuccessExitStatus= makes a code and a signal clean", () => {
    const preset = systemdRestart({ restart: "on-failure", successExitStatus: [3, "SIGKILL"] });
    const child = hand(preset);
    for (const exit of [{ kind: "failed", code: 3 } as const, signalled("SIGKILL")]) {
      expect(preset.isFailure(exit)).toBe(false);
      expect(child.end(0, 0, exit)).toEqual(never("not-wanted"));
    }
    expect(child.end(0)).toEqual(atOnce);
  });

  test("RestartPreventExitStatus= goes before RestartForceExitStatus=, and that before the table", () => {
    const lists = {
      restartPreventExitStatus: [0, 1],
      restartForceExitStatus: [1, 2, "SIGABRT"],
    };
    const none = hand(systemdRestart({ restart: "no", ...lists }));
    const all = hand(systemdRestart({ restart: "always", ...lists }));
    const failed = (code: number): Exit => ({ kind: "failed", code });
    expect(
      [COMPLETED, failed(1), failed(2), failed(3), STALE].map((it) => none.end(0, 0, it).type),
    ).toEqual(["refuse", "refuse", "launch", "refuse", "launch"]);
    expect(
      [COMPLETED, failed(1), failed(2), failed(3), STALE].map((it) => all.end(0, 0, it).type),
    ).toEqual(["refuse", "refuse", "launch", "launch", "launch"]);
  });

  test.each([[[256]], [[-1]], [[1.5]], [["KILL"]], [["sigkill"]], ["SIGKILL"], [null]])(
    "%j is no list of statuses",
    (successExitStatus) => {
      expect(() => systemdRestart({ successExitStatus: successExitStatus as never })).toThrow(
        expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option: "successExitStatus" }),
      );
    },
  );
});

interface RestartSteps {
  readonly cases: readonly {
    readonly id: string;
    readonly restartUs: number;
    readonly steps: number;
    readonly maxDelayUs: number | null;
    readonly delayUs: readonly number[];
  }[];
}

describe("systemd: systemd_restart_steps", () => {
  const { cases } = golden<RestartSteps>(
    new URL("./vectors/systemd_restart_steps.json", import.meta.url),
  );

  test.each(cases)("$id", ({ restartUs, steps, maxDelayUs, delayUs }) => {
    const preset = systemdRestartSteps({
      restartMs: restartUs / 1_000,
      restartSteps: steps,
      restartMaxDelayMs: maxDelayUs === null ? null : maxDelayUs / 1_000,
    });
    const child = hand(preset);
    for (const want of delayUs) {
      const answer = child.end(0);
      const gotUs = answer.type === "launch" ? answer.delayMs * 1_000 : Number.NaN;
      expect(Math.abs(gotUs - want)).toBeLessThanOrEqual(1 + 1e-9 * want);
    }
  });

  test("no run is long enough to forget, nor is health; an operator's start does", () => {
    const preset = systemdRestartSteps({ restartSteps: 2, restartMaxDelayMs: 10_000 });
    const child = hand(preset);
    expect(child.end(0)).toEqual(after(100));
    child.send(healthy, 1_000);
    expect(child.end(HOUR, HOUR)).toEqual(after(1_000));
    expect(child.send(ask("operator"), HOUR)).toEqual(atOnce);
    expect(child.end(2 * HOUR)).toEqual(after(100));
  });

  test("Infinity and null are no maximum", () => {
    const policies = [Number.POSITIVE_INFINITY, null, undefined].map(
      (it) => systemdRestartSteps(it === undefined ? {} : { restartMaxDelayMs: it }).policy,
    );
    expect(policies.map(({ describe: about }) => about)).toEqual(
      Array(3).fill(policies[0]?.describe),
    );
  });

  test("supervised: 0.1 s to a minute in five steps", async () => {
    const preset = systemdRestartSteps({ restartSteps: 5, restartMaxDelayMs: 60_000 });
    const { at } = await supervised(preset, crashesAfter(50_000), 400_000);
    // The instant of a delay is rounded up, once.
    expect(gaps(at).map((gap) => gap - 50_000)).toEqual([100, 360, 1_292, 4_644, 16_693, 60_000]);
  });
});

interface StartLimit {
  readonly cases: readonly {
    readonly id: string;
    readonly intervalMs: number;
    readonly burst: number;
    readonly starts: readonly (readonly [number, boolean])[];
  }[];
}

describe("systemd: systemd_start_limit", () => {
  const { cases } = golden<StartLimit>(
    new URL("./vectors/systemd_start_limit.json", import.meta.url),
  );

  test.each(cases)("$id", ({ intervalMs, burst, starts }) => {
    const preset = systemdStartLimit({
      startLimitIntervalMs: intervalMs,
      startLimitBurst: burst,
      restartMs: 0,
    });
    const child = hand(preset);
    starts.forEach(([at, allowed], i) => {
      const cause = (["start", "operator", "restart"] as const)[i % 3];
      const answer = child.send(ask(cause), at);
      const refused = expect.objectContaining({ type: "refuse", reason: "budget-spent" });
      expect(answer).toEqual(allowed ? atOnce : refused);
    });
  });

  test("the hint is the instant at which systemd would start it by hand", () => {
    const child = hand(systemdStartLimit({ startLimitBurst: 1 }));
    child.send(ask("start"), 7);
    expect(child.send(ask("operator"), 10_007)).toMatchObject({ retryAfterMs: 1 });
    expect(child.send(ask("operator"), 10_008)).toEqual(atOnce);
  });
});

test("supervised: five starts in ten seconds, then the unit fails at once", async () => {
  const { at, ended } = await supervised(systemdStartLimit(), crashesAfter(100), HOUR);
  expect(at).toEqual([0, 200, 400, 600, 800]);
  expect(ended).toMatchObject({ type: "refused", reason: "budget-spent", lastExit: CRASH });
});

test.each([
  [1_900, [0, 2_000, 4_000, 6_000, 8_000]],
  [1_901, [0, 2_001, 4_002, 6_003, 8_004, 10_005, 12_006]],
])("supervised: with runs of %i ms the default limit is reached, or never", async (runMs, at) => {
  const got = await supervised(systemdStartLimit(), crashesAfter(runMs), 13_000);
  expect(got.at).toEqual(at);
});

describe("systemd: all of a unit", () => {
  test("what is not wanted does not count, and is done", async () => {
    const preset = systemd({ restart: "on-failure" });
    const { at, ended } = await supervised(
      preset,
      [
        { runMs: 10, exit: CRASH },
        { runMs: 10, exit: { kind: "signalled", signal: "SIGTERM" } },
      ],
      HOUR,
    );
    expect(at).toEqual([0, 110]);
    expect(ended?.type).toBe("excused");
  });

  test("a start counts when its delay is over", async () => {
    const unit = { restart: "always", startLimitIntervalMs: 1_000, startLimitBurst: 2 } as const;
    const quick = await supervised(systemd({ ...unit, restartMs: 500 }), crashesAfter(0), HOUR);
    expect(quick.at).toEqual([0, 500]);
    // The third start is more than the interval after the first: it opens the next window.
    const slow = await supervised(systemd({ ...unit, restartMs: 501 }), crashesAfter(0), 2_500);
    expect(slow.at).toEqual([0, 501, 1_002, 1_503, 2_004]);
  });

  test("by default nothing is restarted", async () => {
    const { at, ended } = await supervised(systemd(), crashesAfter(5), HOUR);
    expect([at, ended?.type]).toEqual([[0], "refused"]);
  });

  test("the three presets say of the supervisor what the whole one says", () => {
    const { policy: _, isFailure: __, ...whole } = systemd();
    for (const preset of [systemdRestart(), systemdRestartSteps(), systemdStartLimit()]) {
      expect(preset).toMatchObject(whole);
    }
    expect(delaysOf(systemdRestart({ restart: "always" }), [1, 2])).toEqual([0, 0]);
  });
});

describe("systemd: a RestartMaxDelaySec= below RestartSec=", () => {
  // service_verify: "RestartMaxDelaySec= has a value smaller than RestartSec=, resetting RestartSec= to it".
  test.each([
    [10_000, 2_000, 0, [2_000, 2_000, 2_000]],
    [10_000, 2_000, 3, [2_000, 2_000, 2_000]],
    [2_000, 2_000, 3, [2_000, 2_000, 2_000]],
    [1_999, 2_000, 1, [1_999, 2_000, 2_000]],
    [100, 0, 0, [0, 0, 0]],
    [Number.POSITIVE_INFINITY, 5, 0, [5, 5, 5]],
  ])("lowers it: %s, %i, in %i steps", (restartMs, restartMaxDelayMs, restartSteps, delays) => {
    const unit = { restart: "always", startLimitBurst: 0 } as const;
    const preset = systemd({ ...unit, restartMs, restartMaxDelayMs, restartSteps });
    expect(delaysOf(preset, [5, 5, 5])).toEqual(delays);
  });

  test("which the formula alone, recorded above, does not", () => {
    const formula = { restartMs: 10_000, restartMaxDelayMs: 2_000, restartSteps: 3 };
    expect(delaysOf(systemdRestartSteps(formula), [5, 5])).toEqual([10_000, 10_000]);
  });
});

describe("systemd: infinity", () => {
  const endless = { restart: "always", startLimitIntervalMs: Number.POSITIVE_INFINITY } as const;

  test("StartLimitIntervalSec=infinity is a limit for life: five launches an hour apart, and the end", async () => {
    const { at, ended } = await supervised(systemd(endless), crashesAfter(HOUR - 100), 24 * HOUR);
    expect(at).toEqual([0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR]);
    expect(ended).toMatchObject({ type: "refused", reason: "budget-spent", retryAfterMs: null });
  });

  test.each([Number.POSITIVE_INFINITY, null])("of a start limit by itself: %s", (interval) => {
    const child = hand(systemdStartLimit({ startLimitIntervalMs: interval, startLimitBurst: 2 }));
    expect(child.send(ask("start"), 0)).toEqual(atOnce);
    expect(child.end(1e15)).toEqual(after(100));
    expect(child.end(2e15)).toEqual(never("budget-spent"));
    expect(child.send(ask("operator"), 3e15)).toEqual(never("budget-spent"));
  });

  test("but no limit with a burst of 0", () => {
    const child = hand(systemdStartLimit({ startLimitIntervalMs: null, startLimitBurst: 0 }));
    for (let i = 0; i < 20; i++) expect(child.end(i)).toEqual(after(100));
  });

  test("RestartSec=infinity: only an operator starts it again", async () => {
    const presets = [
      systemd({ restart: "always", restartMs: Number.POSITIVE_INFINITY }),
      systemdRestartSteps({ restartMs: null, restartSteps: 3, restartMaxDelayMs: 5 }),
      systemdStartLimit({ restartMs: Number.POSITIVE_INFINITY }),
    ];
    for (const preset of presets) {
      const { at, ended } = await supervised(preset, crashesAfter(5), 1e12);
      expect([at, ended]).toEqual([[0], null]);
      const child = hand(preset);
      expect(child.end(0)).toEqual(after(Number.MAX_SAFE_INTEGER));
      expect(child.send(ask("operator"), HOUR)).toEqual(atOnce);
    }
  });

  test("TimeoutStopSec=infinity: a unit that does not stop is never killed", async () => {
    const makes = [systemd, systemdRestart, systemdRestartSteps, systemdStartLimit];
    for (const make of makes) {
      for (const forever of [Number.POSITIVE_INFINITY, null]) {
        expect(make({ gracePeriodMs: forever }).gracePeriodMs).toBe(Number.MAX_SAFE_INTEGER);
      }
      expect(make({ gracePeriodMs: 1_500 }).gracePeriodMs).toBe(1_500);
      expect(make().gracePeriodMs).toBe(90_000);
    }
    const system = manualSystem();
    const launcher = scriptedLauncher(system, [{ stopMs: 1e12 }]);
    const handle = supervise(launcher, { ...systemd({ gracePeriodMs: Infinity }) }, system);
    await system.advance(0);
    const stopped = handle.stop();
    await system.advance(1e12);
    await stopped;
    expect(launcher.attempts[0]?.kills).toEqual([]);
  });

  test("a description makes the preset again", () => {
    const made = systemd({ ...endless, restartMs: Infinity, gracePeriodMs: Infinity });
    const { options } = made.policy.describe;
    expect(JSON.parse(JSON.stringify(options))).toEqual(options);
    expect(systemd(options as SystemdOptions).policy.describe).toEqual(made.policy.describe);
  });

  test.each(["startLimitIntervalMs", "restartMs", "restartMaxDelayMs", "gracePeriodMs"] as const)(
    "%s: what is no time is refused, and the range named",
    (option) => {
      for (const value of [-1, Number.NaN, Number.NEGATIVE_INFINITY, "infinity"]) {
        expect(() => systemd({ [option]: value })).toThrow(
          expect.objectContaining({
            code: "ERR_POLICY_OPTIONS",
            option,
            message: expect.stringMatching(/from 0 to 90071992547409\d\d, Infinity or null, got/),
          }),
        );
      }
    },
  );
});
