// What is taken for seconds, on either side of the edge of each guess; and no preset is.

import { backoff, constant, exponential, table } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import { giveUp, inTurn, type RestartPolicy } from "@steadfast/policy";
import * as presets from "@steadfast/presets";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { type LintOptions, lint } from "../src/index.js";

const guesses = (policy: RestartPolicy, rules: LintOptions = {}) =>
  lint(policy, rules).filter(({ code }) => code === "seconds-for-milliseconds");
const window = (windowMs: number) => slidingWindow({ limit: 10, windowMs });
const delay = (initialMs: number, capMs: number) => backoff({ initialMs, capMs });

describe("guessed", () => {
  it.each([
    ["ten minutes", window(600), { windowMs: 600 }],
    ["a minute", window(60), { windowMs: 60 }],
    ["one second", window(1), { windowMs: 1 }],
    ["an hour", window(3_600), { windowMs: 3_600 }],
    ["a day", window(86_400), { windowMs: 86_400 }],
    ["the README's backoff", delay(0.2, 30), { initialMs: 0.2, capMs: 30 }],
    ["a fraction, whatever the cap", delay(0.5, 30_000), { initialMs: 0.5, capMs: 30_000 }],
    ["from 1 to 60", delay(1, 60), { initialMs: 1, capMs: 60 }],
    ["from 5 to 300", delay(5, 300), { initialMs: 5, capMs: 300 }],
    ["every 5", backoff({ curve: constant({ delayMs: 5 }) }), { delayMs: 5 }],
    ["a table", backoff({ curve: table([1, 5, 30]) }), { delaysMs: 1 }],
    [
      "a curve",
      backoff({ curve: exponential({ initialMs: 1, factor: 2, capMs: 60 }) }),
      { initialMs: 1, capMs: 60 },
    ],
    [
      "a budget",
      crashBudget({ retries: 3, windowMs: 30, retryDelayMs: 5 }),
      { windowMs: 30, retryDelayMs: 5 },
    ],
    [
      "a pause",
      pausingWindow({ limit: 3, windowMs: 120, pauseMs: 300 }),
      { windowMs: 120, pauseMs: 300 },
    ],
    ["a score", decayingBudget({ halfLifeMs: 30, pauseMs: 15 }), { halfLifeMs: 30, pauseMs: 15 }],
  ] as const)("%s", (_, policy, numbers) => {
    expect(guesses(policy)).toEqual([
      expect.objectContaining({ severity: "warning", by: "guess", path: [], numbers }),
    ]);
  });

  it("in words that say what to write instead", () => {
    expect(guesses(delay(0.2, 30))[0]).toMatchObject({
      message:
        "backoff: initialMs 0.2 and capMs 30 look like seconds, and are taken for milliseconds",
      fix: "if seconds were meant, set initialMs to 200 and capMs to 30 000",
    });
    expect(guesses(window(600))[0]).toMatchObject({
      message: "slidingWindow: windowMs 600 looks like seconds, and is taken for milliseconds",
      fix: "if seconds were meant, set windowMs to 600 000",
    });
  });

  it("where it stands, and by the name that a preset has for it", () => {
    expect(guesses(inTurn(backoff(), giveUp(window(600))))[0]?.path).toEqual([1, 0]);
    const { policy } = presets.systemd({ restartMs: 5, startLimitIntervalMs: 30 });
    expect(guesses(policy).map(({ numbers }) => numbers)).toEqual([
      { restartMs: 5 },
      { startLimitIntervalMs: 30 },
    ]);
  });

  it("of the options of supervise", () => {
    const rules = {
      gracePeriodMs: 5,
      healthyAfterMs: 10,
      readyTimeoutMs: 60,
      heartbeatTimeoutMs: 59,
      abandonAfterMs: 120,
    };
    expect(guesses(giveUp(window(60_000)), rules)).toEqual([
      expect.objectContaining({ path: [], numbers: rules }),
    ]);
  });
});

describe("not guessed", () => {
  it.each([
    ["no window", window(0)],
    ["61 ms", window(61)],
    ["100 ms", window(100)],
    ["250 ms", window(250)],
    ["500 ms", window(500)],
    ["a second", window(1_000)],
    ["five seconds", window(5_000)],
    ["no delay", delay(0, 30)],
    ["from 11", delay(11, 60)],
    ["from 10 to 100", delay(10, 100)],
    ["from 10 to 1 000", delay(10, 1_000)],
    ["from 1 to 30 000", delay(1, 30_000)],
    ["a fraction above 1", delay(1.5, 30_000)],
    ["a retry after 6", crashBudget({ retries: 3, retryDelayMs: 6 })],
    ["the defaults", decayingBudget()],
  ] as const)("%s", (_, policy) => expect(guesses(policy)).toEqual([]));

  it("usual options of supervise, and those that are off", () => {
    for (const ms of [0, 61, 100, 250, 1_000, 5_000, 30_000]) {
      const rules = { gracePeriodMs: ms, healthyAfterMs: ms, readyTimeoutMs: ms };
      expect(guesses(window(60_000), rules), String(ms)).toEqual([]);
    }
  });

  it("any preset, with its defaults", () => {
    const made = Object.values(presets).flatMap((make: unknown) => {
      if (typeof make !== "function") return [];
      const preset = (make as () => unknown)();
      return isPreset(preset) ? [preset] : [];
    });
    expect(made.length).toBeGreaterThan(20);
    for (const preset of made)
      expect(guesses(preset.policy, preset), preset.policy.name).toEqual([]);
  });
});

function isPreset(made: unknown): made is presets.Preset {
  return typeof made === "object" && made !== null && "policy" in made;
}
