// Options are checked before anything happens; what is wrong is said with its name.

import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { realSystem, type SuperviseOptions, type System, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { stage } from "./stage.js";

function begin(options: object, launcher: unknown = undefined, system: unknown = undefined) {
  const manual = manualSystem();
  const scripted = scriptedLauncher(manual, []);
  const given = { policy: delay(0), ...options } as SuperviseOptions;
  const using = (system === undefined ? manual : system) as System;
  try {
    void supervise((launcher === undefined ? scripted : launcher) as never, given, using).stop();
  } catch (error) {
    expect(scripted.launchedAt).toEqual([]);
    if (isPolicyOptionsError(error)) return error.option;
    throw error;
  }
  return null;
}

describe("what was meant is said", () => {
  const message = (options: object) => {
    try {
      void supervise(scriptedLauncher(manualSystem(), []), options as SuperviseOptions);
    } catch (error) {
      return (error as Error).message;
    }
    return null;
  };
  const policy = delay(0);

  it.each([
    [{ policy: { policy, gracePeriodMs: 5 } }, "(a preset: did you mean { ...preset }?)"],
    [{ policy: [policy, policy] }, "(a list: did you mean allOf(...list)?)"],
    [{ policy: delay }, "(a factory: did you mean to call it, delay(...)?)"],
    [{ polic: policy }, "(polic is given: did you mean policy?)"],
    [
      { policy, gracePeriod: 5 },
      "supervise: unknown option gracePeriod (did you mean gracePeriodMs?)",
    ],
    [
      { policy, signal: new AbortController() },
      "supervise: signal must be an AbortSignal, got [object AbortController]",
    ],
    [
      { policy, readyTimeoutMs: 5 },
      'supervise: readyTimeoutMs must be left out unless readiness is "explicit", got 5',
    ],
  ])("%#", (options, words) => {
    expect(message(options)).toContain(words);
    expect(message(options)).toMatch(/^supervise: /);
  });
});

describe("an option out of range", () => {
  it.each([
    ["policy", undefined],
    ["policy", {}],
    ["policy", { step() {} }],
    ["check", "lint"],
    ["check", () => "nothing"],
    ["isFailure", "yes"],
    ["onEvent", 5],
    ["onMessage", {}],
    ["journal", null],
    ["onNotYet", "perhaps"],
    ["signal", {}],
    ["signal", { addEventListener() {} }],
    ["signal", new AbortController()],
    ["id", ""],
    ["id", 5],
    ["readiness", "sometimes"],
    ["healthyAfterMs", -1],
    ["healthyAfterMs", 1.5],
    ["heartbeatTimeoutMs", Number.NaN],
    ["gracePeriodMs", Number.NEGATIVE_INFINITY],
    ["abandonAfterMs", "5"],
    ["abandonAfterMs", 2 ** 53],
    ["grace", 5],
    ["healthyAfter", 5],
  ])("%s: %o", (option, value) => {
    expect(begin({ [option]: value })).toBe(option);
  });

  it("readyTimeoutMs without explicit readiness", () => {
    expect(begin({ readyTimeoutMs: 5 })).toBe("readyTimeoutMs");
  });

  it.each([null, 5, {}, () => {}])("a launcher of %o", (launcher) => {
    expect(begin({}, launcher)).toBe("launcher");
  });

  it.each([null, 5, {}, { ...realSystem, timers: {} }, { ...realSystem, wall: 5 }])(
    "a system of %o",
    (system) => {
      expect(begin({}, undefined, system)).toBe("system");
    },
  );

  it.each([null, undefined, 5])("options of %o", (options) => {
    const manual = manualSystem();
    const launcher = scriptedLauncher(manual, []);
    expect(() => supervise(launcher, options as never, manual)).toThrow(RangeError);
  });
});

describe("options at their edges", () => {
  it.each([
    { healthyAfterMs: 0 },
    { healthyAfterMs: Number.MAX_SAFE_INTEGER },
    { gracePeriodMs: 0, abandonAfterMs: 0 },
    { gracePeriodMs: Number.MAX_SAFE_INTEGER, abandonAfterMs: Number.MAX_SAFE_INTEGER },
    { heartbeatTimeoutMs: 0 },
    { readiness: "explicit", readyTimeoutMs: 0 },
    { signal: undefined, onEvent: undefined, journal: undefined },
  ])("%o are legal", (options) => {
    expect(begin(options)).toBeNull();
  });

  it("no grace, no abandon period: a child that ends by nothing is given up at once", async () => {
    const system = manualSystem();
    const never = Number.POSITIVE_INFINITY;
    const launcher = scriptedLauncher(system, [{ stopMs: never, killMs: never }]);
    const options = { policy: delay(0), gracePeriodMs: 0, abandonAfterMs: 0 };
    const handle = supervise(launcher, options, system);
    void handle.stop();
    await system.settle();
    expect(await handle.outcome).toMatchObject({ lastExit: { kind: "abandoned" } });
    expect(launcher.attempts[0]).toMatchObject({ kills: [0], abandonedAt: 0 });
  });
});

it("the path is the slot's", () => {
  expect(stage({ path: "/shop/web" }).handle.status().path).toBe("/shop/web");
});

describe("the id", () => {
  it("is `child` unless said otherwise, and stands in launches, events and status", () => {
    for (const id of [undefined, "web-1"]) {
      const system = manualSystem();
      const launcher = scriptedLauncher(system, []);
      const ids: string[] = [];
      const handle = supervise(
        launcher,
        { policy: delay(0), onEvent: (event) => void ids.push(event.id), ...(id ? { id } : {}) },
        system,
      );
      const expected = id ?? "child";
      expect(handle.status()).toMatchObject({ id: expected, path: `/${expected}` });
      expect(launcher.attempts[0]?.info).toEqual({
        id: expected,
        attempt: 1,
        generation: 0,
        cause: "start",
        failures: 0,
      });
      expect(new Set(ids)).toEqual(new Set([expected]));
    }
  });
});
