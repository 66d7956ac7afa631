// The presets of systems people know, put before the four.

import {
  epicsSupervise,
  otpIntensity,
  type Preset,
  pm2,
  processkit3,
  suture,
  systemdStartLimit,
} from "@steadfast/presets";
import { describe, expect, it } from "vitest";
import { diff, lint, simulate } from "../src/index.js";

const HOUR_MS = 3_600_000;

/**
 * Launches as the experiment counted them: it went on until the first launch at or after the hour, and
 * counted that one, too.
 */
function startsInAnHour(preset: Preset, uptimeMs: number) {
  const { launches, end, why } = simulate(preset.policy, { uptimeMs, forMs: 2 * HOUR_MS }, preset);
  const beyond = launches.findIndex(({ at }) => at >= HOUR_MS);
  return { starts: beyond < 0 ? launches.length : beyond + 1, end, why };
}

describe("E-01: pm2's limit, for an hour", () => {
  it.each([
    ["dies after 900 ms, restart_delay 1000", pm2({ restartDelayMs: 1_000 }), 900, 1_896],
    ["dies after 50 ms, exp_backoff 100", pm2({ expBackoffRestartDelayMs: 100 }), 50, 251],
    ["dies after 1 100 ms", pm2(), 1_100, 3_274],
  ] as const)("%s: never errored", (_, preset, uptimeMs, starts) => {
    expect(startsInAnHour(preset, uptimeMs)).toEqual({ starts, end: "horizon", why: null });
  });

  it("only fast crashes without a delay stop it", () => {
    expect(startsInAnHour(pm2(), 50)).toEqual({ starts: 16, end: "refused", why: "errored" });
  });

  it("and lint says so, of every one of these", () => {
    for (const preset of [
      pm2({ restartDelayMs: 1_000 }),
      pm2({ expBackoffRestartDelayMs: 100 }),
      pm2(),
    ]) {
      const codes = lint(preset.policy, preset).map(({ code }) => code);
      expect(
        codes.some((code) => code === "limit-unreachable" || code === "endless-restarts"),
      ).toBe(true);
    }
  });
});

describe("lint looks into a preset", () => {
  it("systemd: a RestartSec= that keeps the start limit out of reach, and one that does not", () => {
    const codesOf = (restartMs: number) => {
      const preset = systemdStartLimit({ restartMs });
      return lint(preset.policy, preset).map(({ code, by }) => `${code}, by ${by}`);
    };
    expect(codesOf(2_001)).toContain("limit-unreachable, by simulation");
    expect(codesOf(2_000)).toEqual([]);
  });

  it("those whose limits count are clean", () => {
    for (const preset of [epicsSupervise(), otpIntensity(), suture()]) {
      expect(lint(preset.policy, preset), preset.policy.name).toEqual([]);
    }
  });
});

describe("pairs that surprise people", () => {
  const failing = [{ kind: "failed", code: 1 }] as const;
  const linesOf = (text: string | undefined) => text?.split("\n").map((line) => line.trim());

  it("pm2 and systemd: five in ten seconds is a limit for the one and not for the other", () => {
    const found = diff(pm2({ maxRestarts: 5 }), systemdStartLimit({ restartMs: 0 }), {
      exits: failing,
    });
    expect(linesOf(found.table)).toEqual([
      "at ms  event                                  pm2     systemdStartLimit",
      "0  start?                                 launch  launch",
      "0  failed after 0 ms; restart? (4 times)  launch  launch",
      "1 000  failed after 1 000 ms; restart?        launch  never: budget-spent",
    ]);
  });

  it("OTP and epics: ten in ten minutes is eleven launches for the one and ten for the other", () => {
    const found = diff(
      otpIntensity({ intensity: 10, periodMs: 600_000 }),
      epicsSupervise({ delayMs: 0 }),
      { exits: failing, names: ["OTP", "epics"] },
    );
    expect(linesOf(found.table)).toEqual([
      "at ms  event                                  OTP     epics",
      "0  start?                                 launch  launch",
      "0  failed after 0 ms; restart? (9 times)  launch  launch",
      "0  failed after 0 ms; restart?            launch  never: window-full",
    ]);
  });

  it("suture and processkit 3: the one refuses in a storm, the other launches when it is over", () => {
    const found = diff(
      suture({ backoffJitter: "none" }),
      processkit3({ stormPauseMs: 15_000, jitter: false, backoffBaseMs: 0 }),
      { exits: failing, names: ["suture", "processkit 3"] },
    );
    expect(linesOf(found.table)).toEqual([
      "at ms  event                                  suture                          processkit 3",
      "0  start?                                 launch                          launch",
      "0  failed after 0 ms; restart? (5 times)  launch                          launch",
      "0  failed after 0 ms; restart?            not for 15 000 ms: crash-storm  launch in 15 000 ms",
    ]);
  });
});
